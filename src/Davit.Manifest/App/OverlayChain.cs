using Davit.Manifest.Loading;
using Davit.Manifest.Suggestions;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.App;

/// <summary>Writes out <c>extends</c> between environments: the overlay of the root first, at most eight of them.</summary>
internal sealed class OverlayChain(IReadOnlyDictionary<string, MapNode> overlays, FaultSink faults)
{
    private const int Longest = 8;

    public MapNode Resolve(string environment)
    {
        var chain = new List<string>();
        for (var at = environment; at is not null; at = Next(at, chain))
            chain.Insert(0, at);
        var whole = (MapNode)overlays[chain[0]].Clone();
        foreach (var above in chain.Skip(1))
            Combine(whole, (MapNode)overlays[above].Clone());
        whole.Remove("extends");
        return whole;
    }

    private string? Next(string environment, List<string> chain)
    {
        if (overlays[environment]["extends"] is not { AsText: { } parent } node)
            return null;
        var path = $"environments.{environment}.extends";
        if (!overlays.ContainsKey(parent))
            faults.Error(ManifestProblems.EnvironmentUnknown, $"{path} names the unknown environment '{parent}'", node.At, path, Suggest.For(parent, overlays.Keys));
        else if (chain.Contains(parent, StringComparer.Ordinal) || chain.Count >= Longest)
            faults.Error(ManifestProblems.ExtendsCycle, $"{path}: {string.Join(" → ", chain.AsEnumerable().Reverse().Append(parent))} is a cycle or longer than {Longest}", node.At, path);
        else
            return parent;
        return null;
    }

    /// <summary>Nulls stay, because they remove what lies below all overlays.</summary>
    private static void Combine(MapNode below, MapNode above)
    {
        foreach (var (key, value) in above.Entries)
        {
            if (below[key] is MapNode map && value is MapNode other)
                Combine(map, other);
            else
                below[key] = value;
        }

        below.TakeKeyPlaces(above);
    }
}
