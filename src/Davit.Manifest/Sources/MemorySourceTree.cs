using System.Text;
using Davit.Manifest.Sources;

namespace Davit.Manifest;

/// <summary>Files held in memory, such as an uploaded archive. Directories exist where a file lies below them.</summary>
public sealed class MemorySourceTree : ISourceTree
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);

    public MemorySourceTree(string root)
    {
        Root = GoPath.Clean(root);
        AddDirectory(Root);
    }

    public string Root { get; }

    /// <param name="path">Relative to the root, or absolute.</param>
    /// <param name="content">UTF-8 text.</param>
    public MemorySourceTree With(string path, string content) => With(path, Encoding.UTF8.GetBytes(content));

    public MemorySourceTree With(string path, byte[] content)
    {
        var absolute = GoPath.Below(Root, path);
        _files[absolute] = content;
        AddDirectory(GoPath.Directory(absolute));
        return this;
    }

    public MemorySourceTree WithDirectory(string path)
    {
        AddDirectory(GoPath.Below(Root, path));
        return this;
    }

    public SourceEntry Look(string path)
    {
        var clean = GoPath.Clean(path);
        return _files.ContainsKey(clean) ? SourceEntry.File : _directories.Contains(clean) ? SourceEntry.Directory : SourceEntry.Missing;
    }

    public byte[]? Read(string path, int limit) =>
        !_files.TryGetValue(GoPath.Clean(path), out var bytes) ? null : bytes.Length <= limit ? bytes : bytes[..(limit + 1)];

    private void AddDirectory(string path)
    {
        for (var at = path; _directories.Add(at) && at is not "/"; at = GoPath.Directory(at))
        {
        }
    }
}
