namespace Davit.Manifest;

/// <summary>
/// The files a load may read. Paths are absolute and slash-separated; a tree decides what exists below
/// <see cref="Root"/> and refuses everything it does not hold.
/// </summary>
public interface ISourceTree
{
    /// <summary>The absolute path of the app directory, for example <c>/app</c> of an uploaded tree.</summary>
    string Root { get; }

    SourceEntry Look(string path);

    /// <summary>The bytes of a file, or <see langword="null"/> when there is none or it cannot be read.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="limit">Files beyond this size answer with exactly <c>limit + 1</c> bytes.</param>
    byte[]? Read(string path, int limit);
}

public enum SourceEntry
{
    Missing,
    File,
    Directory,

    /// <summary>It exists but leads out of the tree, or is neither file nor directory.</summary>
    Refused,
}
