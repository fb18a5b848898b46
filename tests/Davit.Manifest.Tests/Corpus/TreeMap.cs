using Davit.Manifest.Yaml;

namespace Davit.Manifest.Tests.Corpus;

internal static class TreeMap
{
    /// <summary>A copy of the tree with every text replaced.</summary>
    public static Node Text(Node node, Func<string, string> replace)
    {
        switch (node)
        {
            case MapNode map:
                var copy = new MapNode();
                foreach (var (key, value) in map.Entries)
                    copy[key] = Text(value, replace);
                return copy;
            case ListNode list:
                var items = new ListNode();
                items.Items.AddRange(list.Items.Select(i => Text(i, replace)));
                return items;
            default:
                return node.AsText is { } text ? ScalarNode.OfText(replace(text)) : node;
        }
    }
}
