using Davit.Manifest.Yaml;

namespace Davit.Manifest.Binding;

/// <summary>Codecs for commands, probes and hosts.</summary>
internal static class Commands
{
    /// <summary>An argument list; empty stays, because it clears what the image says.</summary>
    public static Node? Shell(Node value, BindContext at)
    {
        switch (value)
        {
            case ScalarNode { Kind: ScalarKind.Text } text:
                if (ShellWords.Split(text.Text) is not { } words)
                    return at.Refuse(value, "has a quote or bracket that is not closed");
                var split = value.ListHere();
                split.Items.AddRange(words.Select(text.TextHere));
                return split;
            case ListNode list:
                var items = value.ListHere();
                items.Items.AddRange(list.Items.Select((item, i) => Scalars.Text(item, at.Item(i)) ?? item.TextHere("")));
                return items;
            default:
                return null;
        }
    }

    /// <summary>A probe written as text runs in the instance's shell.</summary>
    public static Node? Test(Node value, BindContext at)
    {
        if (value is not ScalarNode { Kind: ScalarKind.Text } text)
            return Collections.Texts(value, at);
        var list = value.ListHere();
        list.Items.Add(text.TextHere("CMD-SHELL"));
        list.Items.Add(text);
        return list;
    }

    /// <summary><c>host=address</c>, sorted; brackets around an address are taken off.</summary>
    public static Node? Hosts(Node value, BindContext at)
    {
        var pairs = value switch
        {
            MapNode map => map.Entries.SelectMany(e => Addresses(e.Value).Select(a => (Host: e.Key, Address: a, At: e.Value))).ToList(),
            ListNode list => list.Items.SelectMany(i => Split(i, at)).ToList(),
            _ => [],
        };
        foreach (var (host, _, place) in pairs.Where(p => p.Host.Length is 0 || p.Host.AsSpan().ContainsAny(':', '=')))
            at.Refuse(place, $"has the bad host name '{host}'");

        var bound = value.ListHere();
        bound.Items.AddRange(pairs.Select(p => p.At.TextHere($"{p.Host}={Bare(p.Address)}")).OrderBy(p => p.Text, StringComparer.Ordinal));
        return bound.Items.Count is 0 ? null : bound;
    }

    private static IEnumerable<string> Addresses(Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.Null } => [""],
        ScalarNode scalar => [scalar.Printed],
        ListNode list => list.Items.OfType<ScalarNode>().Select(i => i.Printed),
        _ => [],
    };

    private static IEnumerable<(string Host, string Address, Node At)> Split(Node item, BindContext at)
    {
        var text = (item as ScalarNode)?.Printed ?? "";
        var cut = text.IndexOf('=', StringComparison.Ordinal);
        if (cut < 0)
            cut = text.IndexOf(':', StringComparison.Ordinal);
        if (cut >= 0)
            return text[(cut + 1)..].Split(',').Select(a => (text[..cut], a, item));
        at.Refuse(item, $"lacks an address for '{text}'");
        return [];
    }

    private static string Bare(string address) => address is ['[', .. { Length: > 0 }, ']'] ? address[1..^1] : address;

    /// <summary>Keys for a build: the id alone, or id and path.</summary>
    public static Node? SshKeys(Node value, BindContext _)
    {
        if (value is not MapNode map)
            return null;
        var list = value.ListHere();
        list.Items.AddRange(map.Entries.Select(e => e.Value.TextHere(e.Value.AsText is { Length: > 0 } path ? $"{e.Key}: {path}" : e.Key)));
        return list.Items.Count is 0 ? null : list;
    }

    /// <summary>One number for both limits, or a soft and a hard one; a single zero says nothing.</summary>
    public static Node? Ulimit(Node value, BindContext at)
    {
        if (value is not MapNode map)
            return Scalars.Integer(value, at) ?? value.MapHere();
        var bound = value.MapHere();
        bound["soft"] = map["soft"] is { } soft ? Scalars.Integer(soft, at.Below("soft")) : null;
        bound["hard"] = map["hard"] is { } hard ? Scalars.Integer(hard, at.Below("hard")) : null;
        return bound;
    }
}
