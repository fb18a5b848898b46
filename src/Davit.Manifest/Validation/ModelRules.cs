using Davit.Manifest.Loading;
using Davit.Manifest.Normalizing;
using Davit.Manifest.Rules;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Validation;

/// <summary>Rules about one place of a model that a shape cannot say.</summary>
internal sealed class ModelRules(FaultSink faults)
{
    private delegate void Rule(ModelRules rules, Node node, string path);

    private static readonly PathRules<Rule> All = PathRules<Rule>.Of(
        ("volumes.*", (r, n, p) => r.External(n, p)),
        ("configs.*", (r, n, p) => r.FileObject(n, p, ["file", "environment", "content"])),
        ("secrets.*", (r, n, p) => r.FileObject(n, p, ["file", "environment"])),
        ("services.*.ports.*", (r, n, p) => r.HostAddress(n, p)),
        ("services.*.scale", (r, n, p) => r.NotNegative(n, p)),
        ("services.*.deploy.replicas", (r, n, p) => r.NotNegative(n, p)),
        ("services.*.develop.watch.*.path", (r, n, p) => r.NotBlank(n, p)),
        ("services.*.deploy.resources.reservations.devices.*", (r, n, p) => r.Device(n, p)),
        ("services.*.gpus.*", (r, n, p) => r.Device(n, p)));

    public static void Check(MapNode model, FaultSink faults) => new ModelRules(faults).Walk(model, All, "");

    private void Walk(Node node, PathRules<Rule>? rules, string path)
    {
        if (rules is null)
            return;
        if (rules.TryRule(out var rule))
            rule(this, node, path);
        switch (node)
        {
            case MapNode map:
                foreach (var (key, value) in map.Entries)
                    Walk(value, rules.Step(key), path.Length is 0 ? key : $"{path}.{key}");
                break;
            case ListNode list:
                for (var i = 0; i < list.Items.Count; i++)
                    Walk(list.Items[i], rules.StepItem(), $"{path}[{i}]");
                break;
        }
    }

    private void External(Node node, string path)
    {
        if (node is not MapNode map || map["external"] is not ScalarNode { IsTrue: true })
            return;
        foreach (var key in map.Keys.Where(k => k is not ("name" or "external") && !k.StartsWith("x-", StringComparison.Ordinal)))
            faults.Error(ManifestProblems.KeysConflict, $"{path} is external, so '{key}' cannot be given", map.KeyAt(key), path);
    }

    private void FileObject(Node node, string path, string[] sources)
    {
        if (node is not MapNode map)
            return;
        var given = sources.Where(map.Has).ToArray();
        if (given.Length > 1)
            faults.Error(ManifestProblems.KeysConflict, $"{path}: {string.Join(" and ", given)} exclude each other", map.KeyAt(given[1]), path);
        if (given.Length is 0 && !map.Has("driver") && !map.Has("external"))
            faults.Error(ManifestProblems.KeysConflict, $"{path} needs one of {string.Join(", ", sources)}", map.At, path);
    }

    private void HostAddress(Node node, string path)
    {
        if (node is MapNode map && map["host_ip"]?.AsText is { } ip && !PortForms.IsAddress(ip))
            faults.Error(ManifestProblems.ValueInvalid, $"{path}: '{ip}' is not an IP address", map["host_ip"]!.At, path);
    }

    private void NotNegative(Node node, string path)
    {
        if (node is ScalarNode { IsNumber: true } number && number.AsDouble < 0)
            faults.Error(ManifestProblems.OutOfRange, $"{path} must be at least 0", number.At, path);
    }

    private void NotBlank(Node node, string path)
    {
        if (node.AsText is "")
            faults.Error(ManifestProblems.ValueInvalid, $"{path} cannot be empty", node.At, path);
    }

    private void Device(Node node, string path)
    {
        if (node is MapNode map && map.Has("count") && map.Has("device_ids"))
            faults.Error(ManifestProblems.KeysConflict, $"{path}: count and device_ids exclude each other", map.KeyAt("device_ids"), path);
    }
}
