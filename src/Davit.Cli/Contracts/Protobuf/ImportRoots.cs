namespace Davit.Cli.Contracts.Protobuf;

/// <summary>Finds the directory that the imports of each file are written from, where nobody names it.</summary>
internal static class ImportRoots
{
    /// <param name="paths">Of all files of a repository, from its top, with forward slashes.</param>
    /// <returns>The directory of each by its path; empty for the top.</returns>
    public static Dictionary<string, string> Of(IEnumerable<string> paths, Func<string, string> text)
    {
        var all = paths.ToHashSet(StringComparer.Ordinal);
        return all.ToDictionary(p => p, p => RootOf(p, ProtoHead.Of(text(p)), all), StringComparer.Ordinal);
    }

    /// <summary>The nearest directory around the file from which its first import that is here leads to a file.</summary>
    private static string RootOf(string path, ProtoHead head, HashSet<string> all)
    {
        var directory = DirectoryOf(path);
        var around = Around(directory).ToList();
        return head.Imports.Select(import => around.Find(a => all.Contains(Below(a, import)))).FirstOrDefault(a => a is not null) ?? ProtoFiles.RootOf(directory, head);
    }

    /// <summary>The directory, and each that it lies in up to the top.</summary>
    private static IEnumerable<string> Around(string directory)
    {
        for (var at = directory; at is not ""; at = DirectoryOf(at))
            yield return at;
        yield return "";
    }

    private static string DirectoryOf(string path) => path.LastIndexOf('/') is > 0 and var end ? path[..end] : "";

    private static string Below(string directory, string path) => directory is "" ? path : $"{directory}/{path}";
}
