using Davit.Manifest.Yaml;

namespace Davit.Manifest.Rendering;

/// <summary>Leaves out the values that are printed although nobody wrote them.</summary>
internal static class EmptyValues
{
    public static MapNode Without(MapNode model)
    {
        var copy = (MapNode)model.Clone();
        foreach (var service in copy.Child("services").Entries.Select(e => e.Value).OfType<MapNode>())
        {
            DropEmpty(service, "command");
            DropEmpty(service, "entrypoint");
            DropEmpty(service.Child("deploy"), "resources");
            DropEmpty(service.Child("deploy"), "placement");
        }

        foreach (var network in copy.Child("networks").Entries.Select(e => e.Value).OfType<MapNode>())
            DropEmpty(network, "ipam");
        return copy;
    }

    private static void DropEmpty(MapNode map, string key)
    {
        if (map[key] is { IsNull: true } or MapNode { Count: 0 })
            map.Remove(key);
    }
}
