using System.Collections.Immutable;
using Davit.Manifest.Loading;
using Davit.Manifest.Shapes;
using Davit.Manifest.Suggestions;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.App;

/// <summary>What <c>davit.yaml</c> says in Compose's own words, to be laid over the Compose files.</summary>
internal sealed class AppLayer
{
    private static readonly HashSet<string> Own = [.. DavitServiceShape.Own.Select(o => o.Key)];
    private readonly List<(string Service, string[] Path)> _removed = [];

    private AppLayer(string? name, ImmutableArray<string> profiles)
    {
        Name = name;
        Profiles = profiles;
    }

    /// <summary>The app's name, when the manifest gives one.</summary>
    public string? Name { get; }

    public ImmutableArray<string> Profiles { get; }

    /// <summary>Services and volumes of the manifest.</summary>
    public MapNode Tree { get; } = new();

    /// <summary>What the overlay sets; what it removes is done by <see cref="Remove"/>.</summary>
    public MapNode Changes { get; } = new();

    /// <param name="name">The app's name.</param>
    /// <param name="davit">The manifest without overlay.</param>
    /// <param name="environment">The environment whose overlay counts.</param>
    /// <param name="effective">The manifest with it.</param>
    /// <param name="faults">For keys that mean nothing here.</param>
    public static AppLayer Of(string? name, DavitFile davit, string? environment, DavitFile effective, FaultSink faults)
    {
        var layer = new AppLayer(name, effective.Profiles);
        Fill(layer.Tree, davit.Tree, effective.Tree, faults);
        if (environment is not null && davit.Overlays.TryGetValue(environment, out var overlay))
        {
            Fill(layer.Changes, (MapNode)overlay.Clone(), effective.Tree, faults);
            foreach (var (service, value) in layer.Changes.Child("services").Entries)
                layer.TakeRemoved(service, (MapNode)value, []);
        }

        if (effective.Tree.Child("volumes") is { Count: > 0 } volumes)
        {
            var all = volumes.MapHere();
            foreach (var (key, value) in volumes.Entries)
                all[key] = value.NullHere();
            all.TakeKeyPlaces(volumes);
            layer.Tree["volumes"] = all;
        }

        return layer;
    }

    /// <summary>Which of the services are served by the edge and so are none of Compose's business.</summary>
    public static bool IsStatic(MapNode davit, string service) => davit.Child("services").Child(service)["kind"]?.AsText is "static";

    /// <summary>A service is described here or in a Compose file; only what cannot be said there is said here too.</summary>
    public void Check(MapNode model, FaultSink faults)
    {
        var known = model.Child("services");
        var ours = Tree.Child("services");
        foreach (var (name, value) in ours.Entries)
        {
            var service = (MapNode)value;
            if (known[name] is MapNode other)
                GivenTwice(name, service, other, faults);
            else if (known.Count > 0 && !service.Has("image") && !service.Has("build"))
                faults.Error(ManifestProblems.UnknownReference, $"services.{name} has no image and no build, and no Compose file has it", ours.KeyAt(name), $"services.{name}", Suggest.For(name, known.Keys));
        }
    }

    /// <summary>Takes out what the overlay sets to null.</summary>
    public void Remove(MapNode model)
    {
        foreach (var (service, path) in _removed)
        {
            var at = model.Child("services").Child(service);
            foreach (var key in path[..^1])
                at = at.Child(key);
            at.Remove(path[^1]);
        }
    }

    private static void GivenTwice(string name, MapNode service, MapNode other, FaultSink faults)
    {
        foreach (var key in service.Keys.Where(k => other.Has(k) && !DavitServiceShape.Overrides.Contains(k)))
            faults.Error(ManifestProblems.GivenTwice, $"services.{name}.{key} is given here and at {other.KeyAt(key)}; keep one of them", service.KeyAt(key), $"services.{name}.{key}");
    }

    private static void Fill(MapNode into, MapNode tree, MapNode effective, FaultSink faults)
    {
        var services = tree.Child("services");
        var part = services.MapHere();
        foreach (var (name, value) in services.Entries)
        {
            var service = value as MapNode ?? value.MapHere();
            var compose = Compose(service);
            if (!IsStatic(effective, name))
                part[name] = compose;
            else if (compose.Keys.FirstOrDefault() is { } key)
                faults.Error(ManifestProblems.KindContradiction, $"services.{name}: a static service is served by the edge, so '{key}' means nothing", service.KeyAt(key), $"services.{name}.{key}");
            if (compose["extends"] is { } extends)
                faults.Error(ManifestProblems.KeyRefused, $"services.{name}.extends is refused here: write it in a Compose file", extends.At, $"services.{name}.extends");
        }

        part.TakeKeyPlaces(services);
        if (part.Count > 0)
            into["services"] = part;
    }

    private static MapNode Compose(MapNode service)
    {
        var part = service.MapHere();
        foreach (var (key, value) in service.Entries.Where(e => !Own.Contains(e.Key)))
            part[key] = value;
        part.TakeKeyPlaces(service);
        return part;
    }

    private void TakeRemoved(string service, MapNode map, string[] path)
    {
        foreach (var (key, value) in map.Snapshot())
        {
            if (value is MapNode child)
                TakeRemoved(service, child, [.. path, key]);
            if (!value.IsNull)
                continue;
            _removed.Add((service, [.. path, key]));
            map.Remove(key);
        }
    }
}
