using Davit.Manifest.Interpolation;
using Davit.Manifest.Yaml;

namespace Davit.Manifest.Normalizing;

/// <summary>Gives variables that are only named in <c>environment</c> or <c>args</c> the value of the scope.</summary>
internal static class EnvironmentValues
{
    /// <summary>In the scope of the files that name them, so that an include's own env file counts.</summary>
    public static void Resolve(MapNode model, VariableScope scope)
    {
        foreach (var service in model.Child("services").Entries.Select(e => e.Value).OfType<MapNode>())
        {
            if (service["environment"] is ListNode list)
                service["environment"] = Known(list, scope, keepUnknown: true);
        }
    }

    public static Node Known(Node node, VariableScope scope, bool keepUnknown)
    {
        switch (node)
        {
            case ListNode list:
                var items = list.Items.Select(i => Item(i, scope, keepUnknown)).OfType<Node>().ToArray();
                list.Items.Clear();
                list.Items.AddRange(items);
                break;
            case MapNode map:
                foreach (var (name, value) in map.Snapshot().Where(e => e.Value.IsNull))
                {
                    if (scope[name] is { } known)
                        map[name] = value.TextHere(known);
                    else if (!keepUnknown)
                        map.Remove(name);
                }

                break;
        }

        return node;
    }

    private static Node? Item(Node item, VariableScope scope, bool keepUnknown)
    {
        if (item.AsText is not { } text || text.Contains('=', StringComparison.Ordinal))
            return item;
        return scope[text] is { } known ? item.TextHere($"{text}={known}") : keepUnknown ? item : null;
    }
}
