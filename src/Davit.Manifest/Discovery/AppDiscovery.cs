using System.Collections.Immutable;
using Davit.Manifest.Loading;
using Davit.Manifest.Sources;
using Davit.Model;

namespace Davit.Manifest.Discovery;

/// <summary>What an app directory holds, and one sentence that says why it was taken.</summary>
/// <param name="DavitFile">The manifest file, when there is one.</param>
/// <param name="ComposeFiles">Compose files in merge order.</param>
/// <param name="Bare">What stands in for a Compose file, when there is none.</param>
/// <param name="Why">For people.</param>
internal sealed record Discovered(string? DavitFile, ImmutableArray<string> ComposeFiles, BareApp Bare, string Why);

internal enum BareApp
{
    None,
    Dockerfile,
    IndexPage,
}

/// <summary>Looks for <c>davit.yaml</c>, a Compose file, a <c>Dockerfile</c>, an <c>index.html</c>, in this order.</summary>
internal sealed class AppDiscovery(LoadSession session)
{
    private const string Looked = "davit.yaml, davit.yml, compose.yaml, compose.yml, docker-compose.yaml, docker-compose.yml, Dockerfile and index.html";

    private LoadRequest Request => session.Request;

    /// <summary>The directory files are looked for in and relative to.</summary>
    public string Directory => Request.ProjectDirectory is { Length: > 0 } given ? GoPath.Below(Request.Source.Root, given)
        : Request.ComposeFiles is [var first, ..] && Request.DavitFile is null ? GoPath.Directory(GoPath.Below(Request.Source.Root, first))
        : Request.Source.Root;

    /// <summary>The manifest file alone, which may name the Compose files.</summary>
    public string? DavitFile()
    {
        if (Request.DavitFile is { Length: > 0 } given)
            return GoPath.Below(Request.Source.Root, given);
        string[] found = [.. ((string[])["davit.yaml", "davit.yml"]).Select(n => GoPath.Join(Directory, n)).Where(session.Exists)];
        if (found.Length > 1)
            session.Faults.Error(ManifestProblems.TwoManifests, "both davit.yaml and davit.yml are here", new SourcePosition(GoPath.Relative(Request.Source.Root, found[1]), 1, 1));
        return found.Length > 0 ? found[0] : null;
    }

    /// <summary>The Compose files that would be taken when nothing names others.</summary>
    public ImmutableArray<string> Usual() => Request.ComposeFiles.Length > 0 ? Request.ComposeFiles : [.. ComposeFiles.In(session, Directory)];

    public Discovered? Compose(string? davit, ImmutableArray<string> named)
    {
        var files = Request.ComposeFiles.Length > 0 ? Request.ComposeFiles : named;
        if (files.Length > 0)
            return new Discovered(davit, [.. files.Select(f => GoPath.Below(Directory, f))], BareApp.None, $"{string.Join(" and ", files)}, as named");
        if (ComposeFiles.In(session, Directory) is { Count: > 0 } found)
            return new Discovered(davit, [.. found], BareApp.None, $"{string.Join(" and ", found.Select(GoPath.Name))}, a usual name");
        if (session.Exists(GoPath.Join(Directory, "Dockerfile")))
            return new Discovered(davit, [], BareApp.Dockerfile, "Dockerfile, because there is no Compose file");
        if (davit is null && session.Exists(GoPath.Join(Directory, "index.html")))
            return new Discovered(null, [], BareApp.IndexPage, "index.html, because there is nothing else");
        if (davit is not null)
            return new Discovered(davit, [], BareApp.None, $"{GoPath.Name(davit)} alone");

        session.Faults.Error(ManifestProblems.NothingToDeploy, $"nothing to deploy in {Directory}: looked for {Looked}", null);
        return null;
    }
}
