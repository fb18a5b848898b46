using Davit.Manifest.Loading;
using Davit.Manifest.Rules;
using Davit.Manifest.Sources;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Normalizing;

/// <summary>What relative paths are relative to, and what <c>~</c> stands for.</summary>
internal sealed record PathBase(string Directory, string? Home);

/// <summary>Makes relative paths absolute. Doing it again changes nothing.</summary>
internal static class PathResolver
{
    private delegate Node Resolve1(Node node, PathBase at, FaultSink faults);

    private static readonly PathRules<Resolve1> Rules = PathRules<Resolve1>.Of(
        ("services.*.build.context", Context),
        ("services.*.build.additional_contexts.*", Context),
        ("services.*.build.ssh.*", Path),
        ("services.*.env_file.*.path", Path),
        ("services.*.label_file.*", Path),
        ("services.*.extends.file", Path),
        ("services.*.develop.watch.*.path", Path),
        ("services.*.volumes.*", Mount),
        ("configs.*.file", Path),
        ("secrets.*.file", Path),
        ("volumes.*", LocalVolume));

    public static void Resolve(MapNode model, PathBase at, FaultSink faults) => Walk(model, Rules, at, faults);

    private static Node Walk(Node node, PathRules<Resolve1>? rules, PathBase at, FaultSink faults)
    {
        if (rules is null)
            return node;
        if (rules.TryRule(out var resolve))
            return resolve(node, at, faults);
        switch (node)
        {
            case MapNode map:
                foreach (var (key, value) in map.Snapshot())
                    map[key] = Walk(value, rules.Step(key), at, faults);
                break;
            case ListNode list:
                for (var i = 0; i < list.Items.Count; i++)
                    list.Items[i] = Walk(list.Items[i], rules.StepItem(), at, faults);
                break;
        }

        return node;
    }

    private static Node Path(Node node, PathBase at, FaultSink faults) => Absolute(node, at, takesWindows: true);

    private static Node Absolute(Node node, PathBase at, bool takesWindows)
    {
        if (node is not ScalarNode { Kind: ScalarKind.Text, Text.Length: > 0 } scalar)
            return node;
        var path = GoPath.ExpandHome(scalar.Text, at.Home);
        var isAbsolute = GoPath.IsAbsolute(path) || (takesWindows && GoPath.IsWindowsAbsolute(path));
        return scalar.With(ScalarKind.Text, isAbsolute ? path : GoPath.Join(at.Directory, path));
    }

    private static Node Context(Node node, PathBase at, FaultSink faults) =>
        node.AsText is { } text && (text.Contains("://", StringComparison.Ordinal) || text.StartsWith("service:", StringComparison.Ordinal) || Remote.Is(text))
            ? node
            : Absolute(node, at, takesWindows: false);

    private static Node Mount(Node node, PathBase at, FaultSink faults)
    {
        if (node is not MapNode map || map["type"]?.AsText is not "bind")
            return node;
        if (map["source"] is not { } source)
            faults.Error(ManifestProblems.ValueInvalid, "a bind mount needs a source", map.At);
        else if (source.AsText is { Length: 0 })
            map["source"] = source.TextHere(at.Directory);
        else
            map["source"] = Path(source, at, faults);
        return map;
    }

    private static Node LocalVolume(Node node, PathBase at, FaultSink faults)
    {
        if (node is MapNode map && map["driver"]?.AsText is "local" && map["driver_opts"] is MapNode options
            && options["o"]?.AsText is "bind" && options["device"] is { } device)
            options["device"] = Path(device, at, faults);
        return node;
    }
}
