using Davit.Manifest.Loading;
using Davit.Manifest.Normalizing;
using Davit.Manifest.Rules;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Merging;

/// <summary>Removes earlier definitions of the same list item: the same mount target, port, variable, label.</summary>
internal sealed class Unicity(FaultSink faults)
{
    private delegate string? Key(Unicity unicity, Node item, string path);

    private static readonly PathRules<Key> Rules = PathRules<Key>.Of(
        ("networks.*.labels", Name),
        ("networks.*.ipam.options", Name),
        ("services.*.annotations", Name),
        ("services.*.build.args", Name),
        ("services.*.build.additional_contexts", Name),
        ("services.*.build.platform", Name),
        ("services.*.build.tags", Name),
        ("services.*.build.labels", Name),
        ("services.*.cap_add", Name),
        ("services.*.cap_drop", Name),
        ("services.*.configs", (u, i, p) => FileTarget(i, "")),
        ("services.*.deploy.labels", Name),
        ("services.*.devices", (u, i, p) => u.Device(i, p)),
        ("services.*.dns", Name),
        ("services.*.dns_opt", Name),
        ("services.*.dns_search", Name),
        ("services.*.environment", Name),
        ("services.*.env_file", (u, i, p) => i.AsText ?? (i as MapNode)?["path"]?.AsText),
        ("services.*.expose", (u, i, p) => (i as ScalarNode)?.Text),
        ("services.*.labels", Name),
        ("services.*.links", Name),
        ("services.*.networks.*.aliases", Name),
        ("services.*.networks.*.link_local_ips", Name),
        ("services.*.ports", (u, i, p) => u.Port(i, p)),
        ("services.*.profiles", Name),
        ("services.*.secrets", (u, i, p) => FileTarget(i, "/run/secrets")),
        ("services.*.sysctls", Name),
        ("services.*.tmpfs", Name),
        ("services.*.volumes", (u, i, p) => u.Mount(i, p)));

    public void Apply(MapNode model) => Walk(model, Rules, "");

    private void Walk(Node node, PathRules<Key>? rules, string path)
    {
        switch (node)
        {
            case MapNode map when rules is not null:
                foreach (var (key, value) in map.Entries)
                    Walk(value, rules.Step(key), path.Length is 0 ? key : $"{path}.{key}");
                break;
            case ListNode list when rules is not null && rules.TryRule(out var key):
                Reduce(list, key, path);
                break;
        }
    }

    private void Reduce(ListNode list, Key keyOf, string path)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var kept = new List<Node>(list.Items.Count);
        for (var i = 0; i < list.Items.Count; i++)
        {
            var item = list.Items[i];
            if (keyOf(this, item, $"{path}[{i}]") is not { } key)
            {
                kept.Add(item);
            }
            else if (places.TryGetValue(key, out var place))
            {
                item.Replaced ??= kept[place];
                kept[place] = item;
            }
            else
            {
                places[key] = kept.Count;
                kept.Add(item);
            }
        }

        list.Items.Clear();
        list.Items.AddRange(kept);
    }

    private static string? Name(Unicity unicity, Node item, string path) =>
        item.AsText is not { } text ? null : text.IndexOf('=', StringComparison.Ordinal) is >= 0 and var cut ? text[..cut] : text;

    private static string? FileTarget(Node item, string directory) => item switch
    {
        MapNode map => map["target"]?.AsText ?? $"{directory}/{map["source"]?.AsText}",
        _ => item.AsText is { } name ? $"{directory}/{name}" : null,
    };


    /// <summary>A number and its text are different entries until long forms are read.</summary>
    private static string Published(Node? node) => node is ScalarNode { Kind: ScalarKind.Integer } number ? $"#{number.Text}" : node?.AsText ?? "";

    private string? Device(Node item, string path)
    {
        if (item is MapNode map)
            return map["target"]?.AsText ?? MissingTarget(map, path, ManifestProblems.MountInvalid);
        var parts = item.AsText?.Split(':');
        return parts is null ? null : parts.Length is 1 ? parts[0] : parts[1];
    }

    private string? Port(Node item, string path) => item switch
    {
        MapNode map when map["target"] is ScalarNode target =>
            $"{map["host_ip"]?.AsText ?? "0.0.0.0"}:{Published(map["published"])}:{target.Text}/{map["protocol"]?.AsText ?? "tcp"}",
        MapNode map => MissingTarget(map, path, ManifestProblems.PortInvalid),
        ScalarNode scalar => scalar.Text,
        _ => null,
    };

    private string? Mount(Node item, string path)
    {
        if (item is MapNode map)
            return map["target"]?.AsText ?? MissingTarget(map, path, ManifestProblems.MountInvalid);
        if (item is not ScalarNode { Kind: ScalarKind.Text } entry)
            return null;
        var (target, wrong) = MountForms.TargetOf(entry);
        if (wrong is null)
            return target;
        faults.Error(ManifestProblems.MountInvalid, wrong, entry.At, path);
        return null;
    }

    private string? MissingTarget(MapNode map, string path, ProblemCode code)
    {
        faults.Error(code, $"{path} lacks a target", map.At, path);
        return null;
    }
}
