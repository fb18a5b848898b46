using Davit.Manifest;

namespace Davit.ControlPlane.Sourcing;

/// <summary>An unpacked source. Nothing outside it is read, by <c>..</c> or by link.</summary>
internal sealed class DiskTree(string root) : ISourceTree
{
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    public SourceEntry Look(string path)
    {
        if (Resolve(path) is not { } full)
            return SourceEntry.Refused;
        return Directory.Exists(full) ? SourceEntry.Directory : File.Exists(full) ? SourceEntry.File : SourceEntry.Missing;
    }

    public byte[]? Read(string path, int limit)
    {
        if (Resolve(path) is not { } full || !File.Exists(full))
            return null;

        try
        {
            using var file = File.OpenRead(full);
            var bytes = new byte[Math.Min(file.Length, (long)limit + 1)];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The path when it and every link on the way stay inside.</summary>
    private string? Resolve(string path)
    {
        var full = Path.GetFullPath(path, Root);
        if (full != Root && !full.StartsWith(Root + "/", StringComparison.Ordinal))
            return null;

        for (var at = full; at.Length > Root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (new FileInfo(at).LinkTarget is not null)
                return null;
        }

        return full;
    }
}
