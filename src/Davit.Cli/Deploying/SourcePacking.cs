using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using Davit.Model;

namespace Davit.Cli.Deploying;

/// <summary>A directory as a gzipped tar, made while it is sent. Files and directories only; <c>.git</c> and <c>.davit</c> stay at home.</summary>
internal sealed class SourcePacking(string directory) : HttpContent
{
    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal) { ".git", ".davit", ".hg", ".svn" };

    public static SourcePacking Of(string directory) => Directory.Exists(directory)
        ? new SourcePacking(Path.GetFullPath(directory))
        : throw new ProblemException(CliProblems.Bad($"'{directory}'", "is not a directory", "Name the app's directory: davit deploy ./my-app"));

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => WriteAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => WriteAsync(stream, cancellationToken);

    private async Task WriteAsync(Stream stream, CancellationToken ct)
    {
        await using var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        await using var tar = new TarWriter(gzip, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var path in Files(directory))
        {
            var name = Path.GetRelativePath(directory, path);
            if (new FileInfo(path).LinkTarget is { } link)
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = link }, ct);
            else
                await tar.WriteEntryAsync(path, name, ct);
        }
    }

    private static IEnumerable<string> Files(string directory)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(directory).Order(StringComparer.Ordinal))
        {
            var isLink = new FileInfo(entry).LinkTarget is not null;
            if (!isLink && Directory.Exists(entry))
            {
                if (LeftOut.Contains(Path.GetFileName(entry)))
                    continue;
                foreach (var inner in Files(entry))
                    yield return inner;
            }
            else if (isLink || File.Exists(entry))
            {
                yield return entry;
            }
        }
    }
}
