using Davit.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Davit.Manifest.Yaml;

/// <summary>Builds one document's tree: aliases become copies, merge keys are folded in, limits are counted.</summary>
internal sealed class TreeBuilder(SourceFile file, Parser parser)
{
    private readonly Dictionary<string, Node> _anchors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _nodes;

    /// <summary>Reads the value that starts at the current event and leaves the parser on its last event.</summary>
    public Node Value(int depth)
    {
        var current = parser.Current!;
        if (depth > YamlLimits.Depth)
            throw Fault(ManifestProblems.TooLarge, $"more than {YamlLimits.Depth} levels", current);
        Count(1, current);

        return current switch
        {
            Scalar scalar => Remember(scalar.Anchor, Scalar(scalar)),
            MappingStart map => Container(map.Anchor, () => Map(map, depth)),
            SequenceStart list => Container(list.Anchor, () => List(list, depth)),
            AnchorAlias alias => Alias(alias),
            _ => throw Fault(ManifestProblems.YamlSyntax, "a value was expected", current),
        };
    }

    private Node Container(AnchorName anchor, Func<Node> build)
    {
        if (anchor.IsEmpty)
            return build();

        var isNew = _open.Add(anchor.Value);
        _anchors.Remove(anchor.Value);
        var node = build();
        if (isNew)
            _open.Remove(anchor.Value);
        return Remember(anchor, node);
    }

    private Node Remember(AnchorName anchor, Node node)
    {
        if (!anchor.IsEmpty)
            _anchors[anchor.Value] = node;
        return node;
    }

    private ScalarNode Scalar(Scalar scalar)
    {
        var resolved = ScalarTags.Resolve(scalar, text => Fault(ManifestProblems.UnknownTag, text, scalar));
        return new ScalarNode(resolved.Kind, resolved.Text)
        {
            File = file, Line = (int)scalar.Start.Line, Column = (int)scalar.Start.Column, Tag = TagOf(scalar.Tag), IsTimestamp = resolved.IsTimestamp,
        };
    }

    private MapNode Map(MappingStart start, int depth)
    {
        var map = new MapNode { File = file, Line = (int)start.Start.Line, Column = (int)start.Start.Column, Tag = TagOf(start.Tag) };
        var merges = new List<Node>();
        while (parser.MoveNext() && parser.Current is not MappingEnd)
        {
            var keyEvent = parser.Current!;
            var (key, isMerge) = Key(keyEvent, depth);
            parser.MoveNext();
            var value = Value(depth + 1);
            if (isMerge)
                CollectMerge(value, keyEvent, merges);
            else
                AddEntry(map, key, keyEvent, value);
        }

        foreach (var source in merges.OfType<MapNode>())
            FoldIn(map, source);
        return map;
    }

    private static void AddEntry(MapNode map, string key, ParsingEvent at, Node value)
    {
        if (map.Has(key))
            throw Fault(ManifestProblems.DuplicateKey, $"'{Short(key)}' is defined twice, first on line {map.KeyAt(key)!.Line}", at);
        map[key] = value;
        map.MarkKey(key, (int)at.Start.Line, (int)at.Start.Column);
    }

    private (string Key, bool IsMerge) Key(ParsingEvent at, int depth)
    {
        var node = Value(depth + 1);
        if (node is not ScalarNode scalar)
            throw Fault(ManifestProblems.KeyNotText, "a key must be text, not a mapping or a list", at);
        if (at is Scalar { Style: ScalarStyle.Plain, Value: "<<" })
            return ("<<", true);
        if (scalar.Kind is not ScalarKind.Text)
            throw Fault(ManifestProblems.KeyNotText, $"the key {(scalar.IsNull ? "null" : scalar.Text)} is not text; put it in quotes", at);
        return (scalar.Text, false);
    }

    private void CollectMerge(Node value, ParsingEvent at, List<Node> merges)
    {
        switch (value)
        {
            case MapNode map:
                merges.Add(map);
                break;
            case ListNode list when parser.Current is SequenceEnd && list.Items.All(i => i is MapNode):
                merges.AddRange(list.Items);
                break;
            default:
                throw Fault(ManifestProblems.MergeKeyInvalid, "a merge key '<<' takes a mapping or a list of mappings", at);
        }
    }

    private static void FoldIn(MapNode map, MapNode source)
    {
        foreach (var (key, value) in source.Entries)
        {
            if (!map.Has(key))
                map[key] = value;
        }

        map.TakeKeyPlaces(source);
    }

    private ListNode List(SequenceStart start, int depth)
    {
        var list = new ListNode { File = file, Line = (int)start.Start.Line, Column = (int)start.Start.Column, Tag = TagOf(start.Tag) };
        while (parser.MoveNext() && parser.Current is not SequenceEnd)
            list.Items.Add(Value(depth + 1));
        return list;
    }

    private Node Alias(AnchorAlias alias)
    {
        var name = alias.Value.Value;
        if (_open.Contains(name) && !_anchors.ContainsKey(name))
            throw Fault(ManifestProblems.AliasCycle, $"the anchor '{Short(name)}' contains itself", alias);
        if (!_anchors.TryGetValue(name, out var target))
            throw Fault(ManifestProblems.YamlSyntax, $"the anchor '{Short(name)}' is not defined", alias);
        Count(Size(target, YamlLimits.Nodes - _nodes), alias);
        return target.Clone();
    }

    private void Count(int more, ParsingEvent at)
    {
        _nodes += more;
        if (_nodes > YamlLimits.Nodes)
            throw Fault(ManifestProblems.TooLarge, $"more than {YamlLimits.Nodes} values after aliases", at);
    }

    private static int Size(Node node, int enough)
    {
        var children = node switch { MapNode map => map.Entries.Select(e => e.Value), ListNode list => list.Items, _ => [] };
        var size = 1;
        foreach (var child in children)
        {
            size += Size(child, enough - size);
            if (size > enough)
                return size;
        }

        return size;
    }

    private static MergeTag TagOf(TagName tag) => tag.IsEmpty ? MergeTag.None : tag.Value switch
    {
        "!reset" => MergeTag.Reset,
        "!override" => MergeTag.Override,
        _ => MergeTag.None,
    };

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static YamlFaultException Fault(ProblemCode code, string message, ParsingEvent at) =>
        new(code, message, (int)at.Start.Line, (int)at.Start.Column);
}
