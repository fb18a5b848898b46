using System.Collections.Immutable;
using Davit.Manifest.App;
using Davit.Manifest.Discovery;
using Davit.Manifest.Interpolation;
using Davit.Manifest.Sources;
using Davit.Manifest.Validation;

namespace Davit.Manifest.Loading;

/// <summary>From a request to a manifest: finds the files, reads them, lays them over each other, builds and reports.</summary>
internal sealed class AppLoader(LoadSession session)
{
    private readonly LoadRequest _request = session.Request;
    private string _found = "";

    public LoadResult Load()
    {
        var davit = DavitFile.Empty;
        var document = session.IsStrict ? Davit(ref davit) : new ComposeLoader(session).Load();
        if (document is null)
            return Result(null, null, []);

        var keys = new KeyReport(session.Faults).Of(document.Services.Active.OrderBy(s => s.Key, StringComparer.Ordinal));
        var manifest = new AppBuilder(session, document, davit).Build();
        return Result(session.Faults.HasErrors ? null : manifest, document, keys) with
        {
            Origins = manifest is null ? ManifestOrigins.Empty : OriginCollector.Of(document.Model, davit.Tree, manifest),
        };
    }

    private LoadResult Result(AppManifest? manifest, ComposeDocument? document, ImmutableArray<KeyUse> keys) => new()
    {
        Manifest = manifest,
        Document = document,
        Keys = keys,
        Faults = session.Faults.Sorted(),
        First = session.Faults.First,
        Discovery = _found,
        Variables = session.Asked.ToImmutableSortedSet(StringComparer.Ordinal),
    };

    private ComposeDocument? Davit(ref DavitFile davit)
    {
        var discovery = new AppDiscovery(session);
        var directory = discovery.Directory;
        var scope = new VariableScope(_request.Variables, session.Asked);
        var compose = new ComposeLoader(session);
        if (!compose.Variables(scope, directory))
            return null;

        var path = discovery.DavitFile();
        var file = path is null ? DavitFile.Empty : DavitFile.Load(session, path, scope);
        if (file is null && discovery.Usual() is not { IsEmpty: false })
            return null;
        file ??= DavitFile.Empty;
        if (discovery.Compose(path, file.ComposeFiles) is not { } found)
            return null;
        _found = found.Why;
        if (found.ComposeFiles.IsEmpty)
            new BareServices(session, directory).AddTo(file.Tree, found.Bare, BareName(file, directory));

        davit = file.For(_request.Environment, session.Faults);
        var name = found.Bare is BareApp.None ? davit.Name : BareName(davit, directory);
        var layer = AppLayer.Of(name, file, _request.Environment, davit, session.Faults);
        return compose.Load(found.ComposeFiles, directory, scope, layer);
    }

    /// <summary>The service that stands for the whole app is named like it.</summary>
    private string BareName(DavitFile davit, string directory)
    {
        var name = _request.ProjectName is { Length: > 0 } given ? given : davit.Name ?? ProjectNames.Normalize(GoPath.Name(directory));
        return name.Length > 0 ? name : "app";
    }
}
