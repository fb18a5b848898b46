namespace Davit.Manifest.Sources;

/// <summary>Slash-separated paths by text alone, so that the outcome never depends on the machine.</summary>
internal static class GoPath
{
    public static bool IsAbsolute(string path) => path.StartsWith('/');

    /// <summary>A drive letter or a UNC path, as a Windows client may write it.</summary>
    public static bool IsWindowsAbsolute(string path) =>
        path.StartsWith(@"\\", StringComparison.Ordinal)
        || (path.Length >= 3 && char.IsAsciiLetter(path[0]) && path[1] is ':' && path[2] is '\\' or '/');

    /// <summary>The shortest equal path: no <c>.</c>, no inner <c>..</c>, no doubled or trailing slash.</summary>
    public static string Clean(string path)
    {
        if (path.Length is 0)
            return ".";
        var rooted = IsAbsolute(path);
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part is not "..")
                parts.Add(part);
            else if (parts.Count > 0 && parts[^1] is not "..")
                parts.RemoveAt(parts.Count - 1);
            else if (!rooted)
                parts.Add(part);
        }

        var joined = string.Join('/', parts);
        return rooted ? "/" + joined : joined.Length is 0 ? "." : joined;
    }

    public static string Join(string directory, string path) =>
        directory.Length is 0 ? Clean(path) : path.Length is 0 ? Clean(directory) : Clean(directory + "/" + path);

    /// <summary>The path itself when it is absolute, otherwise below the directory.</summary>
    public static string Below(string directory, string path) => IsAbsolute(path) ? Clean(path) : Join(directory, path);

    public static string Directory(string path)
    {
        var cut = path.LastIndexOf('/');
        return cut < 0 ? "." : Clean(path[..(cut + 1)]);
    }

    public static string Name(string path)
    {
        var clean = Clean(path);
        return clean is "/" ? "/" : clean[(clean.LastIndexOf('/') + 1)..];
    }

    /// <summary>Relative to a directory when it lies below, otherwise unchanged.</summary>
    public static string Relative(string directory, string path)
    {
        var root = directory is "/" ? "/" : directory + "/";
        return path == directory ? "." : path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : path;
    }

    public static bool IsBelow(string directory, string path) => path == directory || Relative(directory, path) != path;

    /// <summary><c>~</c> at the start stands for the home directory.</summary>
    public static string ExpandHome(string path, string? home) => path.StartsWith('~') && home is not null ? Join(home, path[1..]) : path;
}
