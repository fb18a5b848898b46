using Davit.Manifest.Sources;

namespace Davit.Manifest;

/// <summary>A directory of this machine. What a link or <c>..</c> reaches outside its boundary is refused.</summary>
public sealed class DirectorySourceTree : ISourceTree
{
    private readonly string _boundary;

    /// <param name="root">The app directory.</param>
    /// <param name="boundary">The directory that nothing may leave; the app directory when not given.</param>
    public DirectorySourceTree(string root, string? boundary = null)
    {
        Root = GoPath.Clean(Path.GetFullPath(root));
        _boundary = Real(boundary is null ? Root : GoPath.Clean(Path.GetFullPath(boundary))) ?? Root;
    }

    public string Root { get; }

    public SourceEntry Look(string path)
    {
        if (Real(path) is not { } real)
            return SourceEntry.Missing;
        if (!GoPath.IsBelow(_boundary, real))
            return SourceEntry.Refused;
        if (Directory.Exists(real))
            return SourceEntry.Directory;
        return File.Exists(real) && !File.GetAttributes(real).HasFlag(FileAttributes.Device) ? SourceEntry.File : SourceEntry.Refused;
    }

    public byte[]? Read(string path, int limit)
    {
        if (Look(path) is not SourceEntry.File || Real(path) is not { } real)
            return null;
        try
        {
            using var stream = new FileStream(real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[(int)Math.Min(stream.Length, limit + 1L)];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..read];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The path with every link on it followed, or <see langword="null"/> when nothing is there.</summary>
    private static string? Real(string path)
    {
        var real = "/";
        foreach (var part in GoPath.Clean(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            real = GoPath.Join(real, part);
            try
            {
                FileSystemInfo entry = Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
                if (entry.LinkTarget is not null)
                    real = entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? GoPath.Clean(target.FullName) : real;
            }
            catch (IOException)
            {
                return null;
            }
        }

        return Path.Exists(real) ? real : null;
    }
}
