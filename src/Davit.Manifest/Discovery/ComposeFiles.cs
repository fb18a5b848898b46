using Davit.Manifest.Loading;
using Davit.Manifest.Sources;
using Davit.Model;

namespace Davit.Manifest.Discovery;

/// <summary>Finds the Compose files of a directory by the names they usually have.</summary>
internal static class ComposeFiles
{
    /// <summary>The order Davit looks in.</summary>
    public static readonly string[] Names = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

    /// <summary>The order the Compose reference looks in.</summary>
    private static readonly string[] ReferenceNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

    private static readonly string[] ReferenceOverrides =
        ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];

    /// <summary>The first file in the directory or one above it, with its override file.</summary>
    public static IReadOnlyList<string> Search(LoadSession session, string directory)
    {
        for (var at = directory; ; at = GoPath.Directory(at))
        {
            if (Found(session, at, ReferenceNames) is [var first, ..] all)
            {
                Warn(session, all, first);
                return Found(session, at, ReferenceOverrides) is [var above, ..] ? [first, above] : [first];
            }

            if (at is "/" or ".")
                return [];
        }
    }

    /// <summary>The first file of exactly this directory, each with the override file of its own name.</summary>
    public static IReadOnlyList<string> In(LoadSession session, string directory)
    {
        if (Found(session, directory, Names) is not [var first, ..] all)
            return [];
        Warn(session, all, first);
        var dot = first.LastIndexOf('.');
        string[] overrides = [first[..dot] + ".override" + first[dot..], first[..dot] + ".override" + (first.EndsWith(".yaml", StringComparison.Ordinal) ? ".yml" : ".yaml")];
        return overrides.FirstOrDefault(session.Exists) is { } above ? [first, above] : [first];
    }

    private static List<string> Found(LoadSession session, string directory, string[] names) =>
        [.. names.Select(n => GoPath.Join(directory, n)).Where(session.Exists)];

    private static void Warn(LoadSession session, List<string> all, string taken)
    {
        if (all.Count < 2)
            return;
        var names = string.Join(", ", all.Select(GoPath.Name));
        session.Faults.Warn(ManifestProblems.SeveralCandidates, $"several Compose files were found ({names}); {GoPath.Name(taken)} is taken", new SourcePosition(GoPath.Relative(session.Request.Source.Root, taken), 1, 1));
    }
}
