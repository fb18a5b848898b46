using Davit.Manifest.Yaml;

namespace Davit.Manifest.Binding;

/// <summary>Codecs for lists and mappings. Empty ones say the same as their absence.</summary>
internal static class Collections
{
    public static Node? Texts(Node value, BindContext at) => value is ScalarNode { Kind: ScalarKind.Text } ? One(value) : ItemsKeepingEmpty(value, at);

    /// <summary>Numbers are allowed among the items and become text.</summary>
    public static Node? Printed(Node value, BindContext _)
    {
        if (value is ScalarNode { Kind: ScalarKind.Text })
            return One(value);
        var list = value.ListHere();
        list.Items.AddRange(value is ListNode items ? items.Items.OfType<ScalarNode>().Select(i => i.With(ScalarKind.Text, i.Printed)) : []);
        return list.Items.Count is 0 ? null : list;
    }

    public static Codec ListOf(Codec item) => (value, at) =>
    {
        var list = value.ListHere();
        var items = (value as ListNode)?.Items ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            if (item(items[i], at.Item(i)) is { } bound)
                list.Items.Add(bound);
        }

        return list.Items.Count is 0 ? null : list;
    };

    /// <summary>A mapping whose keys the author chose; entries without a value stay, as null.</summary>
    public static Codec MapOf(Codec item) => (value, at) =>
    {
        if (value is not MapNode map)
            return null;
        var bound = value.MapHere();
        foreach (var (key, entry) in map.Entries)
            bound[key] = entry.IsNull ? entry : item(entry, at.Below(key)) ?? entry.NullHere();
        bound.TakeKeyPlaces(map);
        return bound.Count is 0 ? null : bound;
    };

    /// <summary>Text by text; a key without a value has an empty one.</summary>
    public static Node? Pairs(Node value, BindContext _) => PairsOf(value, n => n.IsNull ? n.TextHere("") : Print(n));

    /// <summary>Text by text; a key without a value stays without.</summary>
    public static Node? Variables(Node value, BindContext at)
    {
        if (value is ListNode list)
        {
            foreach (var item in list.Items.Where(i => i.AsText is { } text && Key(text) is { Length: > 0 } key && char.IsWhiteSpace(key[^1])))
                at.Refuse(item, $"declares '{Key(item.AsText!)}' with a trailing space");
        }

        return PairsOf(value, n => n.IsNull ? n : Print(n));
    }

    /// <summary>Options that may be given several times.</summary>
    public static Node? MultiOptions(Node value, BindContext at)
    {
        if (value is not MapNode map)
            return null;
        var bound = value.MapHere();
        foreach (var (key, entry) in map.Entries)
            bound[key] = Printed(entry is ScalarNode scalar ? One(scalar.With(ScalarKind.Text, scalar.Printed)) : entry, at);
        return bound.Count is 0 ? null : bound;
    }

    private static MapNode? PairsOf(Node value, Func<Node, Node> convert)
    {
        var bound = value.MapHere();
        switch (value)
        {
            case MapNode map:
                foreach (var (key, entry) in map.Entries)
                    bound[key] = convert(entry);
                bound.TakeKeyPlaces(map);
                break;
            case ListNode list:
                foreach (var item in list.Items.OfType<ScalarNode>())
                    AddPair(bound, item, convert);
                break;
        }

        return bound.Count is 0 ? null : bound;
    }

    private static void AddPair(MapNode bound, ScalarNode item, Func<Node, Node> convert)
    {
        var text = item.Printed;
        var key = Key(text);
        bound[key] = key.Length == text.Length ? convert(item.NullHere()) : item.With(ScalarKind.Text, text[(key.Length + 1)..]);
    }

    private static string Key(string pair) => pair.IndexOf('=', StringComparison.Ordinal) is >= 0 and var cut ? pair[..cut] : pair;

    private static ScalarNode Print(Node node) => node is ScalarNode scalar ? scalar.With(ScalarKind.Text, scalar.Printed) : node.TextHere("");

    private static ListNode One(Node value)
    {
        var list = value.ListHere();
        list.Items.Add(value);
        return list;
    }

    private static ListNode? ItemsKeepingEmpty(Node value, BindContext at)
    {
        var list = value.ListHere();
        var items = (value as ListNode)?.Items ?? [];
        for (var i = 0; i < items.Count; i++)
            list.Items.Add(Scalars.Text(items[i], at.Item(i)) ?? items[i].TextHere(""));
        return list.Items.Count is 0 ? null : list;
    }
}
