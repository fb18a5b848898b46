using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary>The files below a directory. Links are not followed, and what is hidden or what tools put there is passed over.</summary>
internal static class FileWalk
{
    private static readonly EnumerationOptions Plain = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <returns>Paths from the directory, with forward slashes, in no order.</returns>
    /// <exception cref="ProblemException">A directory cannot be read.</exception>
    public static IEnumerable<string> Below(string directory)
    {
        var open = new Stack<string>([directory]);
        while (open.TryPop(out var next))
        {
            foreach (var file in Entries(next, Directory.GetFiles))
                yield return Path.GetRelativePath(directory, file).Replace('\\', '/');
            foreach (var below in Entries(next, Directory.GetDirectories).Where(d => Path.GetFileName(d) is not "node_modules"))
                open.Push(below);
        }
    }

    /// <param name="path">From the directory, with forward slashes.</param>
    public static bool PassesOver(string path)
    {
        var steps = path.Split('/');
        return Array.Exists(steps, s => s.StartsWith('.')) || steps.SkipLast(1).Contains("node_modules", StringComparer.Ordinal);
    }

    private static IEnumerable<string> Entries(string directory, Func<string, string, EnumerationOptions, string[]> list)
    {
        try
        {
            return list(directory, "*", Plain).Where(e => !Path.GetFileName(e).StartsWith('.'));
        }
        catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or IOException)
        {
            throw new ProblemException(CliProblems.Unreadable($"the directory '{directory}' cannot be read: {unreadable.Message}"), unreadable);
        }
    }
}
