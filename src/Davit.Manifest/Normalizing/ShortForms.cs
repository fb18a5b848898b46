using Davit.Manifest.Loading;
using Davit.Manifest.Rules;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Normalizing;

/// <summary>Rewrites every short form into its long one, so that later stages see one way of saying a thing.</summary>
internal sealed class ShortForms(FaultSink faults)
{
    private int _ports;

    private delegate Node? Rewrite(ShortForms forms, Node node, string path);

    private static readonly PathRules<Rewrite> Rules = PathRules<Rewrite>.Of(
        ("services.*.build", (f, n, p) => n.AsText is null ? n : Wrap(n, "context")),
        ("services.*.build.secrets.*", FileReference),
        ("services.*.build.provenance", FlagText),
        ("services.*.build.sbom", FlagText),
        ("services.*.build.additional_contexts", (f, n, p) => f.KeyValues(n, p)),
        ("services.*.build.ssh", (f, n, p) => f.SshKeys(n, p)),
        ("services.*.depends_on", Dependencies),
        ("services.*.env_file", EnvFiles),
        ("services.*.label_file", OneOrMore),
        ("services.*.extends", (f, n, p) => n.AsText is null ? n : Wrap(n, "service")),
        ("services.*.gpus", (f, n, p) => n.AsText is null ? n : Gpus(n)),
        ("services.*.networks", NamesToMap),
        ("services.*.models", NamesToMap),
        ("services.*.volumes.*", (f, n, p) => f.Mount(n, p)),
        ("services.*.dns", OneOrMore),
        ("services.*.devices.*", (f, n, p) => f.Device(n, p)),
        ("services.*.secrets.*", FileReference),
        ("services.*.configs.*", FileReference),
        ("services.*.ports", (f, n, p) => f.Ports(n, p)),
        ("volumes.*", (f, n, p) => f.External(n, p)),
        ("networks.*", (f, n, p) => f.External(n, p)),
        ("secrets.*", (f, n, p) => f.External(n, p)),
        ("configs.*", (f, n, p) => f.External(n, p)),
        ("include.*", (f, n, p) => n.AsText is null ? n : Wrap(n, "path")));

    public void Apply(MapNode model) => Walk(model, Rules, "");

    private Node? Walk(Node node, PathRules<Rewrite>? rules, string path)
    {
        if (rules is null)
            return node;
        var current = rules.TryRule(out var rewrite) ? rewrite(this, node, path) : node;
        switch (current)
        {
            case MapNode map:
                foreach (var (key, value) in map.Snapshot())
                    map[key] = Walk(value, rules.Step(key), path.Length is 0 ? key : $"{path}.{key}");
                break;
            case ListNode list when rules.StepItem() is { } item:
                for (var i = 0; i < list.Items.Count; i++)
                    list.Items[i] = Walk(list.Items[i], item, $"{path}[{i}]") ?? list.Items[i];
                break;
        }

        return current;
    }

    private static MapNode Wrap(Node node, string key)
    {
        var map = node.MapHere();
        map[key] = node;
        return map;
    }

    private static Node FileReference(ShortForms forms, Node node, string path) => node.AsText is null ? node : Wrap(node, "source");

    private static Node FlagText(ShortForms forms, Node node, string path) =>
        node is ScalarNode { Kind: ScalarKind.Bool } flag ? flag.With(ScalarKind.Text, flag.Text) : node;

    private static Node OneOrMore(ShortForms forms, Node node, string path)
    {
        if (node.AsText is null)
            return node;
        var list = node.ListHere();
        list.Items.Add(node);
        return list;
    }

    private static ListNode Gpus(Node node)
    {
        var list = node.ListHere();
        list.Items.Add(Wrap(node.TextHere("all"), "count"));
        return list;
    }

    private static Node NamesToMap(ShortForms forms, Node node, string path)
    {
        if (node is not ListNode list)
            return node;
        var map = node.MapHere();
        foreach (var item in list.Items)
        {
            if (item.AsText is { } name)
                map[name] = item.NullHere();
        }

        return map;
    }

    internal static Node Dependencies(ShortForms? forms, Node node, string path)
    {
        if (node is ListNode list)
        {
            var map = node.MapHere();
            foreach (var item in list.Items)
            {
                if (item.AsText is { } name)
                    map[name] = item.MapHere();
            }

            node = map;
        }

        foreach (var dependency in node is MapNode all ? all.Entries.Select(e => e.Value).OfType<MapNode>() : [])
        {
            dependency["condition"] ??= dependency.TextHere("service_started");
            dependency["required"] ??= dependency.BoolHere(true);
        }

        return node;
    }

    private static Node EnvFiles(ShortForms forms, Node node, string path)
    {
        var list = (ListNode?)(OneOrMore(forms, node, path) as ListNode);
        if (list is null)
            return node;
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i].AsText is not null)
                list.Items[i] = Wrap(list.Items[i], "path");
            if (list.Items[i] is MapNode map)
                map["required"] ??= map.BoolHere(true);
        }

        return list;
    }

    private Node KeyValues(Node node, string path)
    {
        if (node is not ListNode list)
            return node;
        var map = node.MapHere();
        foreach (var item in list.Items)
        {
            var text = item.AsText ?? "";
            var cut = text.IndexOf('=', StringComparison.Ordinal);
            if (cut < 0)
                faults.Error(ManifestProblems.ValueInvalid, $"'{text}' in {path} must be NAME=VALUE", item.At, path);
            else
                map[text[..cut]] = item.TextHere(text[(cut + 1)..]);
        }

        return map;
    }

    private Node SshKeys(Node node, string path)
    {
        if (node is not ListNode list)
            return node;
        var map = node.MapHere();
        foreach (var item in list.Items)
        {
            var text = item.AsText ?? "";
            var cut = text.IndexOf('=', StringComparison.Ordinal);
            if (cut < 0 && text is not "default")
                faults.Error(ManifestProblems.ValueInvalid, $"'{text}' in {path} must be 'default' or ID=PATH", item.At, path);
            else
                map[cut < 0 ? text : text[..cut]] = cut < 0 ? item.NullHere() : item.TextHere(text[(cut + 1)..]);
        }

        return map;
    }

    private Node Mount(Node node, string path)
    {
        if (node is not ScalarNode { Kind: ScalarKind.Text } entry)
            return node;
        var (mount, wrong) = MountForms.Parse(entry);
        if (wrong is not null)
            faults.Error(ManifestProblems.MountInvalid, wrong, entry.At, path);
        return mount ?? node;
    }

    private Node Device(Node node, string path)
    {
        if (node is not ScalarNode { Kind: ScalarKind.Text } entry)
            return node;
        var parts = entry.Text.Split(':');
        if (parts.Length > 3)
            faults.Error(ManifestProblems.ValueInvalid, $"the device '{entry.Text}' has too many colons; use the long form", entry.At, path);
        var map = entry.MapHere();
        map["source"] = entry.TextHere(parts[0]);
        map["target"] = entry.TextHere(parts.Length > 1 && parts[1].Length > 0 ? parts[1] : parts[0]);
        map["permissions"] = entry.TextHere(parts.Length > 2 ? parts[2] : "rwm");
        return map;
    }

    private Node Ports(Node node, string path)
    {
        if (node is not ListNode list)
            return node;
        var ports = node.ListHere();
        for (var i = 0; i < list.Items.Count && _ports <= YamlLimits.Ports; i++)
        {
            switch (list.Items[i])
            {
                case ScalarNode { Kind: ScalarKind.Integer } number:
                    ports.Items.Add(Wrap(number, "target"));
                    break;
                case ScalarNode { Kind: ScalarKind.Text } entry:
                    var (parsed, wrong) = PortForms.Parse(entry, YamlLimits.Ports - _ports);
                    if (wrong is not null)
                        faults.Error(ManifestProblems.PortInvalid, wrong, entry.At, $"{path}[{i}]");
                    ports.Items.AddRange(parsed);
                    _ports += parsed.Count;
                    break;
                default:
                    ports.Items.Add(list.Items[i]);
                    _ports++;
                    break;
            }
        }

        if (_ports > YamlLimits.Ports)
            faults.Error(ManifestProblems.TooLarge, $"more than {YamlLimits.Ports} ports", node.At, path);
        return ports;
    }

    /// <summary><c>external: { name }</c> of old files becomes <c>external: true</c> and <c>name</c>.</summary>
    private Node External(Node node, string path)
    {
        if (node is not MapNode map || map["external"] is not MapNode external)
            return node;
        map["external"] = external.BoolHere(true);
        if (external["name"] is not { } name)
            return node;
        faults.Warn(ManifestProblems.ComposeNote, $"{path}: external.name is obsolete; write name and external: true", name.At, path);
        if (map["name"] is { } given && !given.SameAs(name))
            faults.Error(ManifestProblems.KeysConflict, $"{path}: name and external.name differ; keep name", given.At, path);
        map["name"] ??= name;
        return node;
    }
}
