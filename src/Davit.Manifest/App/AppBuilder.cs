using System.Collections.Immutable;
using Davit.Manifest.App.Reading;
using Davit.Manifest.Canonical;
using Davit.Manifest.Loading;
using Davit.Manifest.Suggestions;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.App;

/// <summary>Reads the checked trees into one manifest.</summary>
internal sealed class AppBuilder(LoadSession session, ComposeDocument document, DavitFile davit)
{
    private readonly MountReader _mounts = new(session, document.Model.Child("volumes").Keys);

    public AppManifest? Build()
    {
        var faults = session.Faults;
        if (document.Resolve([]) is not { } model)
            return null;

        var compose = new Reader(model, "", faults);
        var own = new Reader(davit.Tree, "", faults);
        var drafts = Drafts(compose, own).ToImmutableSortedDictionary(d => d.Name, d => d, StringComparer.Ordinal);
        var name = compose.Text("name") ?? "";
        var top = new TopLevelReader(compose, own, session);
        var volumes = top.Volumes(name, _mounts.Made);
        Mounted(own, volumes.Keys);
        Overlay.Check(davit, [.. document.AllServices, .. drafts.Keys], [.. document.Model.Child("volumes").Keys, .. volumes.Keys], faults);
        var parts = new AppParts(drafts, new RouteReader(drafts, faults).Read(own), volumes);
        var finisher = new ServiceFinisher(parts, session);
        var release = new ReleaseReader(drafts);
        return new AppManifest
        {
            Name = name,
            Environment = session.Request.Environment,
            Driver = own.Text("driver"),
            Services = drafts.ToImmutableSortedDictionary(d => d.Key, d => finisher.Finish(d.Value), StringComparer.Ordinal),
            Networks = top.Networks(),
            Volumes = volumes,
            Configs = top.Configs(),
            Secrets = top.Secrets(),
            Routes = parts.Routes,
            Release = release.Commands(own),
            Checks = release.Checks(own),
            Retention = AdditionsReader.Retention(own.Child("retention")),
            RequiredSecrets = own.Child("secrets").Set("required"),
            Variables = AdditionsReader.Variables(own),
            Overlays = session.Request.Environment is null ? davit.Overlays.ToImmutableSortedDictionary(o => o.Key, o => NodeJson.Of(o.Value), StringComparer.Ordinal) : Maps.None,
            EnvironmentNames = davit.Environments,
        };
    }

    private IEnumerable<ServiceDraft> Drafts(Reader compose, Reader own)
    {
        var ours = own.Child("services");
        foreach (var (name, service) in compose.Named("services"))
            yield return new ServiceDraft(ServiceReader.Read(name, service, _mounts), service, ours.Child(name));
        foreach (var (name, service) in ours.All().Where(s => AppLayer.IsStatic(davit.Tree, s.Key)))
            yield return new ServiceDraft(new ServiceSpec { Name = name, Kind = ServiceKind.Static }, new Reader(new MapNode(), service.Path, session.Faults), service);
    }

    /// <summary>A volume of the manifest that nothing mounts is a slip of the pen.</summary>
    private void Mounted(Reader own, IEnumerable<string> volumes)
    {
        string[] used = [.. volumes, .. document.Services.All.SelectMany(s => Sources(s.Value))];
        var map = own.Map.Child("volumes");
        foreach (var name in map.Keys.Where(n => !used.Contains(n, StringComparer.Ordinal)))
            session.Faults.Error(ManifestProblems.UnknownReference, $"volumes.{name} is mounted by no service", map.KeyAt(name), $"volumes.{name}", Suggest.For(name, used.Distinct(StringComparer.Ordinal)));
    }

    private static IEnumerable<string> Sources(MapNode service) => service["volumes"] is ListNode list
        ? list.Items.OfType<MapNode>().Where(m => m["type"]?.AsText is "volume").Select(m => m["source"]?.AsText).OfType<string>()
        : [];
}
