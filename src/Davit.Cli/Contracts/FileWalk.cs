namespace Davit.Cli.Contracts;

/// <summary>The files below a directory. Links are not followed, and what is hidden or what tools put there is passed over.</summary>
internal static class FileWalk
{
    private static readonly EnumerationOptions Plain = new() { AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden, IgnoreInaccessible = false };

    /// <returns>Paths from the directory, with forward slashes, in no order.</returns>
    public static IEnumerable<string> Below(string directory)
    {
        var open = new Stack<string>([directory]);
        while (open.TryPop(out var next))
        {
            foreach (var file in Directory.EnumerateFiles(next, "*", Plain))
                yield return Path.GetRelativePath(directory, file).Replace('\\', '/');
            foreach (var below in Directory.EnumerateDirectories(next, "*", Plain).Where(d => Path.GetFileName(d) is not "node_modules"))
                open.Push(below);
        }
    }
}
