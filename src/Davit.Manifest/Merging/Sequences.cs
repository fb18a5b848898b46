using Davit.Manifest.Yaml;

namespace Davit.Manifest.Merging;

/// <summary>Turns the two ways of writing pairs and names into each other.</summary>
internal static class Sequences
{
    /// <summary>A list of <c>KEY=VALUE</c>; a mapping comes out sorted by text.</summary>
    public static ListNode OfPairs(Node node)
    {
        var list = node.ListHere();
        switch (node)
        {
            case ListNode items:
                list.Items.AddRange(items.Items);
                break;
            case MapNode map:
                list.Items.AddRange(map.Entries.SelectMany(e => Pairs(e.Key, e.Value)).OrderBy(p => p.Text, StringComparer.Ordinal));
                break;
            case ScalarNode { Kind: ScalarKind.Text }:
                list.Items.Add(node);
                break;
        }

        return list;
    }

    /// <summary>A mapping from names; a list of names gives each the same value.</summary>
    public static MapNode OfNames(Node node, Func<Node, Node> value)
    {
        if (node is MapNode map)
            return map;
        var named = node.MapHere();
        foreach (var item in node is ListNode list ? list.Items : [])
        {
            if (item.AsText is { } name)
                named[name] = value(item);
        }

        return named;
    }

    private static IEnumerable<ScalarNode> Pairs(string key, Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.Null } => [value.TextHere(key)],
        ScalarNode { Kind: ScalarKind.Unknown } unknown => [unknown],
        ScalarNode scalar => [scalar.With(ScalarKind.Text, $"{key}={scalar.Printed}")],
        ListNode list => list.Items.OfType<ScalarNode>().Select(i => i.With(ScalarKind.Text, $"{key}={i.Printed}")),
        _ => [value.TextHere(key)],
    };
}
