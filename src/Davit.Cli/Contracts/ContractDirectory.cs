namespace Davit.Cli.Contracts;

/// <summary>The directory that holds all files of a contract; none outside of it is read, whatever links say.</summary>
internal sealed class ContractDirectory
{
    private ContractDirectory(string path) => Path = path;

    public string Path { get; }

    /// <summary>Where the command runs, when the file lies below, so that its files may refer to each other; otherwise the directory of the file.</summary>
    public static ContractDirectory Of(string file)
    {
        var here = Environment.CurrentDirectory;
        return new ContractDirectory(IsBelow(here, file) ? here : System.IO.Path.GetDirectoryName(file)!);
    }

    /// <summary>The directory itself.</summary>
    public static ContractDirectory At(string directory) => new(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(directory)));

    /// <summary>Nothing when there is no such file within the directory.</summary>
    public byte[]? Read(string relative)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, relative));
        return IsBelow(Path, path) && File.Exists(path) && IsBelow(Real(Path), Real(path)) ? File.ReadAllBytes(path) : null;
    }

    /// <summary>There is such a file, and no link on the way to it.</summary>
    public bool HoldsPlain(string relative)
    {
        var path = System.IO.Path.Combine(Path, relative);
        return File.Exists(path) && Real(path) == System.IO.Path.GetFullPath(System.IO.Path.Combine(Real(Path), relative));
    }

    private static bool IsBelow(string directory, string path) => path.StartsWith(System.IO.Path.TrimEndingDirectorySeparator(directory) + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path with every link in it followed.</summary>
    private static string Real(string path)
    {
        var root = System.IO.Path.GetPathRoot(path)!;
        var real = root;
        foreach (var step in path[root.Length..].Split(System.IO.Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = System.IO.Path.Combine(real, step);
            FileSystemInfo info = Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
            real = info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? real;
        }

        return real;
    }
}
