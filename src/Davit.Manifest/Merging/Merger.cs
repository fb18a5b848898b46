using Davit.Manifest.Loading;
using Davit.Manifest.Rules;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Merging;

/// <summary>
/// Lays one model over another as the Compose Specification's merge rules say (13-merge): mappings merge, lists
/// append, some attributes replace, pairs become lists first. What wins remembers what it replaced.
/// </summary>
internal sealed class Merger(FaultSink faults)
{
    private delegate Node Rule(Merger merger, Node below, Node above, string path, PathRules<Rule> at);

    private static readonly PathRules<Rule> Rules = PathRules<Rule>.Of(
        ("networks.*.ipam.config", (m, b, a, p, at) => IpamMerge.Pools(b, a, (x, y) => m.Maps(x, y, p, at))),
        ("networks.*.labels", Pairs),
        ("volumes.*.labels", Pairs),
        ("services.*.annotations", Pairs),
        ("services.*.build", (m, b, a, p, at) => m.Maps(BuildMap(b), BuildMap(a), p, at)),
        ("services.*.build.args", Pairs),
        ("services.*.build.additional_contexts", Pairs),
        ("services.*.build.extra_hosts", Hosts),
        ("services.*.build.labels", Pairs),
        ("services.*.command", Replace),
        ("services.*.depends_on", Dependencies),
        ("services.*.deploy.labels", Pairs),
        ("services.*.dns", Pairs),
        ("services.*.dns_opt", Pairs),
        ("services.*.dns_search", Pairs),
        ("services.*.entrypoint", Replace),
        ("services.*.env_file", Pairs),
        ("services.*.label_file", Pairs),
        ("services.*.environment", Pairs),
        ("services.*.extra_hosts", Hosts),
        ("services.*.healthcheck.test", Replace),
        ("services.*.labels", Pairs),
        ("services.*.volumes.*.volume.labels", Pairs),
        ("services.*.logging", Logging),
        ("services.*.models", Names),
        ("services.*.networks", Names),
        ("services.*.sysctls", Pairs),
        ("services.*.tmpfs", Pairs),
        ("services.*.ulimits.*", Replace));

    public MapNode Merge(MapNode below, MapNode above) => Maps(below, above, "", Rules);

    /// <summary>Lays a service over the one it extends.</summary>
    public MapNode Extend(MapNode below, MapNode above, string name) =>
        Maps(below, above, $"services.{name}", Rules.Step("services")!.Step(name)!);

    private Node Values(Node below, Node above, string path, PathRules<Rule>? at)
    {
        if (at is not null && at.TryRule(out var rule))
            return rule(this, below, above, path, at);
        if (above.IsNull)
            return below;

        switch (below, above)
        {
            case (MapNode a, MapNode b):
                return Maps(a, b, path, at);
            case (ListNode a, ListNode b):
                var list = b.ListHere();
                list.Items.AddRange(a.Items);
                list.Items.AddRange(b.Items);
                return list;
            case (MapNode or ListNode, _):
                faults.Error(ManifestProblems.MergeConflict, $"{path} is {(below is MapNode ? "a mapping" : "a list")} in {below.At} and cannot be overridden by something else", above.At, path);
                return below;
            default:
                above.Replaced = below;
                return above;
        }
    }

    private MapNode Maps(MapNode below, MapNode above, string path, PathRules<Rule>? at)
    {
        foreach (var (key, value) in above.Entries)
        {
            if (below[key] is not { } existing)
                below[key] = value;
            else
                below[key] = Values(existing, value, path.Length is 0 ? key : $"{path}.{key}", at?.Step(key));
        }

        below.TakeKeyPlaces(above);
        return below;
    }

    private static Node Replace(Merger merger, Node below, Node above, string path, PathRules<Rule> at)
    {
        above.Replaced = below;
        return above;
    }

    private static ListNode Pairs(Merger merger, Node below, Node above, string path, PathRules<Rule> at)
    {
        var list = Sequences.OfPairs(below);
        list.Items.AddRange(Sequences.OfPairs(above).Items);
        return list;
    }

    private static ListNode Hosts(Merger merger, Node below, Node above, string path, PathRules<Rule> at)
    {
        var list = Sequences.OfPairs(below);
        var known = list.Items.Select(i => i.AsText).ToHashSet(StringComparer.Ordinal);
        list.Items.AddRange(Sequences.OfPairs(above).Items.Where(i => !known.Contains(i.AsText)));
        return list;
    }

    private static MapNode Names(Merger merger, Node below, Node above, string path, PathRules<Rule> at) =>
        merger.Maps(Sequences.OfNames(below, i => i.NullHere()), Sequences.OfNames(above, i => i.NullHere()), path, at);

    private static MapNode Dependencies(Merger merger, Node below, Node above, string path, PathRules<Rule> at) =>
        merger.Maps(Sequences.OfNames(below, Started), Sequences.OfNames(above, Started), path, at);

    private static Node Started(Node item)
    {
        var map = item.MapHere();
        map["condition"] = item.TextHere("service_started");
        map["required"] = item.BoolHere(true);
        return map;
    }

    /// <summary>Options add up only while the driver stays the same.</summary>
    private static Node Logging(Merger merger, Node below, Node above, string path, PathRules<Rule> at)
    {
        if (below is not MapNode a || above is not MapNode b)
            return above.IsNull ? below : above;
        return a["driver"] is { } driver && b["driver"] is { } other && !driver.SameAs(other) ? above : merger.Maps(a, b, path, at);
    }

    private static MapNode BuildMap(Node node)
    {
        if (node is MapNode map)
            return map;
        var wrapped = node.MapHere();
        if (node.AsText is not null)
            wrapped["context"] = node;
        return wrapped;
    }
}
