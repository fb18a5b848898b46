using Davit.Model;

namespace Davit.Manifest.Tests;

/// <summary>Small apps in memory.</summary>
internal static class Shop
{
    public const string Root = "/srv/shop";

    public static MemorySourceTree Tree(params (string Path, string Text)[] files)
    {
        var tree = new MemorySourceTree(Root);
        foreach (var (path, text) in files)
            tree.With(path, text);
        return tree;
    }

    public static LoadResult Load(params (string Path, string Text)[] files) => ManifestLoader.LoadAll(new LoadRequest { Source = Tree(files) });

    /// <summary>A Compose file and a <c>davit.yaml</c> whose first line is written for you.</summary>
    public static LoadResult Load(string compose, string? davit = null) =>
        davit is null ? Load(("compose.yaml", compose)) : Load(("compose.yaml", compose), ("davit.yaml", "davit: 1\n" + davit));

    public static AppManifest Accepted(this LoadResult result)
    {
        result.Faults.Where(f => f.Severity is Severity.Error).ShouldBeEmpty();
        return result.Manifest.ShouldNotBeNull();
    }

    /// <summary>The lines of all errors.</summary>
    public static string[] Refused(this LoadResult result)
    {
        result.Manifest.ShouldBeNull();
        return [.. result.Faults.Where(f => f.Severity is Severity.Error).Select(f => f.ToString())];
    }

    public static IEnumerable<string> Notes(this LoadResult result, ProblemCode code) => result.Faults.Where(f => f.Code == code).Select(f => f.ToString());
}
