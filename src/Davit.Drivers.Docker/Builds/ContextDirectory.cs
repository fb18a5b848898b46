using System.Formats.Tar;
using System.Text;
using Davit.Drivers.Builds;
using Davit.Model;

namespace Davit.Drivers.Docker.Builds;

/// <summary>A directory as the tar stream the builder reads, without what its ignore file leaves out.</summary>
internal sealed class ContextDirectory
{
    private const string InlineName = ".davit.Dockerfile";

    private readonly BuildSpec _spec;
    private readonly DockerIgnore _ignore;

    private ContextDirectory(BuildSpec spec, DockerIgnore ignore) => (_spec, _ignore) = (spec, ignore);

    /// <summary>What the builder is told the file is called.</summary>
    public string DockerfileName => _spec.DockerfileInline is null ? _spec.Dockerfile : InlineName;

    /// <exception cref="ProblemException">DV3034.</exception>
    public static ContextDirectory Open(BuildSpec spec)
    {
        if (!Path.IsPathFullyQualified(spec.ContextDirectory) || !Directory.Exists(spec.ContextDirectory))
            throw Unusable(spec, "there is no such directory");

        var dockerfile = Path.GetFullPath(Path.Combine(spec.ContextDirectory, spec.Dockerfile));
        if (spec.DockerfileInline is null)
        {
            if (!dockerfile.StartsWith(spec.ContextDirectory.TrimEnd('/') + "/", StringComparison.Ordinal))
                throw Unusable(spec, $"'{spec.Dockerfile}' is outside of it");
            if (!File.Exists(dockerfile))
                throw Unusable(spec, $"there is no '{spec.Dockerfile}' in it");
        }

        try
        {
            var own = dockerfile + ".dockerignore";
            var shared = Path.Combine(spec.ContextDirectory, ".dockerignore");
            var text = spec.DockerfileInline is null && File.Exists(own) ? File.ReadAllText(own) : File.Exists(shared) ? File.ReadAllText(shared) : "";
            return new(spec, DockerIgnore.Parse(text));
        }
        catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
        {
            throw Unusable(spec, wrong.Message);
        }
    }

    public async Task WriteAsync(Stream output, CancellationToken ct)
    {
        // Engines recognise a tar stream by its first header, which must therefore not be an extension of the next one.
        await using var tar = new TarWriter(output, TarEntryFormat.Gnu, leaveOpen: true);
        await tar.WriteEntryAsync(new GnuTarEntry(TarEntryType.Directory, "./") { Mode = (UnixFileMode)493 /* 0755 */ }, ct);
        if (_spec.DockerfileInline is { } inline)
            await tar.WriteEntryAsync(new GnuTarEntry(TarEntryType.RegularFile, InlineName) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(inline)) }, ct);
        await WriteAsync(tar, new(_spec.ContextDirectory), "", ct);
    }

    public static ProblemException Unusable(BuildSpec spec, string why) => new(DriverProblems.BuildContext(spec.ContextDirectory, why));

    private async Task WriteAsync(TarWriter tar, DirectoryInfo directory, string prefix, CancellationToken ct)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false }).OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            var path = prefix + entry.Name;
            var isOut = _ignore.IsLeftOut(path) && path != _spec.Dockerfile;
            var isDirectory = entry is DirectoryInfo && entry.LinkTarget is null;
            if (!isOut && Entry(entry, path) is { } made)
            {
                await using (made.DataStream)
                    await tar.WriteEntryAsync(made, ct);
            }

            if (isDirectory && (!isOut || _ignore.HasExceptions || _spec.Dockerfile.StartsWith(path + "/", StringComparison.Ordinal)))
                await WriteAsync(tar, (DirectoryInfo)entry, path + "/", ct);
        }
    }

    /// <summary>Null for sockets, pipes and devices: they are no content, and reading one may never end.</summary>
    private static GnuTarEntry? Entry(FileSystemInfo file, string path)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("contexts with modes");

        var (kind, mode) = FileKind.Of(file.FullName);
        GnuTarEntry? entry = kind switch
        {
            FileKind.Directory => new(TarEntryType.Directory, path + "/"),
            FileKind.Link => new(TarEntryType.SymbolicLink, path) { LinkName = file.LinkTarget ?? "" },
            FileKind.Regular => new(TarEntryType.RegularFile, path) { DataStream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, useAsync: true) },
            _ => null,
        };
        if (entry is null)
            return null;

        entry.Mode = mode;
        entry.ModificationTime = new(file.LastWriteTimeUtc);
        return entry;
    }
}
