using Davit.Manifest.Loading;
using Davit.Manifest.Suggestions;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.App;

/// <summary>Lays what differs in one environment over the manifest.</summary>
internal static class Overlay
{
    public static void Apply(MapNode below, MapNode above)
    {
        foreach (var (key, value) in above.Entries)
        {
            if (value.IsNull)
            {
                below.Remove(key);
            }
            else if (below[key] is MapNode map && value is MapNode other)
            {
                Apply(map, other);
            }
            else
            {
                value.Replaced = below[key];
                below[key] = value;
            }
        }

        below.TakeKeyPlaces(above);
    }

    /// <summary>An overlay changes what is there; a new service or volume belongs in the manifest itself.</summary>
    public static void Check(DavitFile file, IReadOnlyCollection<string> services, IReadOnlyCollection<string> volumes, FaultSink faults)
    {
        foreach (var (environment, overlay) in file.Overlays)
        {
            Known(overlay.Child("services"), services, $"environments.{environment}.services", "service", faults);
            Known(overlay.Child("volumes"), volumes, $"environments.{environment}.volumes", "volume", faults);
        }
    }

    private static void Known(MapNode overlay, IReadOnlyCollection<string> known, string path, string kind, FaultSink faults)
    {
        foreach (var name in overlay.Keys.Where(n => !known.Contains(n, StringComparer.Ordinal)))
            faults.Error(ManifestProblems.OverlayUnknown, $"{path} changes the {kind} '{name}', which the manifest does not have", overlay.KeyAt(name), $"{path}.{name}", Suggest.For(name, known));
    }
}
