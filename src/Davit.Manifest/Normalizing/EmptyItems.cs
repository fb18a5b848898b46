using Davit.Manifest.Yaml;

namespace Davit.Manifest.Normalizing;

/// <summary>Name servers that came out empty, usually from an unset variable, are left out.</summary>
internal static class EmptyItems
{
    public static void Remove(MapNode model)
    {
        foreach (var service in model.Child("services").Entries.Select(e => e.Value).OfType<MapNode>())
        {
            if (service["dns"] is ListNode dns)
                dns.Items.RemoveAll(i => i.IsNull || i.AsText is "");
        }
    }
}
