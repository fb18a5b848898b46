using System.Text.RegularExpressions;
using Davit.Manifest.Suggestions;
using Davit.Manifest.Validation;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Loading;

/// <summary>Narrows a model to some services and what they depend on, and drops what nobody uses.</summary>
internal sealed class ServiceSelection(MapNode model, FaultSink faults)
{
    /// <summary>The services of a rendering; naming a switched-off one switches its profiles on.</summary>
    public Dictionary<string, MapNode> Choose(ActiveServices services, IReadOnlyCollection<string> names)
    {
        if (names.Count is 0)
            return services.Active.ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);

        var named = names.Where(n => !services.Active.ContainsKey(n)).Select(services.Find).OfType<MapNode>().SelectMany(ActiveServices.ProfilesOf);
        var wider = new ActiveServices(model, [.. services.Profiles, .. named]);
        var chosen = new Dictionary<string, MapNode>(StringComparer.Ordinal);
        foreach (var name in names)
            Add(name, wider, chosen, isRequired: true);
        return chosen.ToDictionary(s => s.Key, s => WithoutOthers(s.Value, chosen), StringComparer.Ordinal);
    }

    /// <summary>Takes out of the model every network, volume, config, secret and model that none of the services uses.</summary>
    public static void DropUnused(MapNode model, IReadOnlyCollection<MapNode> services)
    {
        Keep(model, "networks", services.SelectMany(s => s.Child("networks").Keys));
        Keep(model, "models", services.SelectMany(s => s.Child("models").Keys));
        Keep(model, "volumes", services.SelectMany(s => Items(s["volumes"])).Where(v => v["type"]?.AsText is "volume").Select(v => v["source"]?.AsText ?? ""));
        Keep(model, "configs", services.SelectMany(s => Items(s["configs"])).Select(c => c["source"]?.AsText ?? ""));
        Keep(model, "secrets", services.SelectMany(s => Items(s["secrets"]).Concat(Items(s.Child("build")["secrets"]))).Select(c => c["source"]?.AsText ?? ""));
    }

    private void Add(string name, ActiveServices services, Dictionary<string, MapNode> chosen, bool isRequired)
    {
        var matches = services.Active.Where(s => Matches(name, s.Key)).ToArray();
        if (matches.Length is 0 && isRequired)
            faults.Error(ManifestProblems.ServiceUnknown, $"there is no service '{name}'", null, "", Suggest.For(name, services.All.Select(s => s.Key)));
        foreach (var (key, service) in matches)
        {
            if (!chosen.TryAdd(key, service))
                continue;
            foreach (var (dependency, value) in service.Child("depends_on").Entries)
                Add(dependency, services, chosen, (value as MapNode)?["required"] is not ScalarNode { Kind: ScalarKind.Bool, Text: "false" });
        }
    }

    private static bool Matches(string pattern, string name)
    {
        if (!pattern.AsSpan().ContainsAny('*', '?'))
            return pattern == name;
        var form = "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal) + "$";
        return Regex.IsMatch(name, form, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
    }

    private static MapNode WithoutOthers(MapNode service, Dictionary<string, MapNode> chosen)
    {
        if (service["depends_on"] is not MapNode dependencies || dependencies.Keys.All(chosen.ContainsKey))
            return service;
        var copy = (MapNode)service.Clone();
        foreach (var name in dependencies.Keys.Where(k => !chosen.ContainsKey(k)))
            ((MapNode)copy["depends_on"]!).Remove(name);
        if (copy.Child("depends_on").Count is 0)
            copy.Remove("depends_on");
        return copy;
    }

    private static void Keep(MapNode model, string section, IEnumerable<string> used)
    {
        if (model[section] is not MapNode all)
            return;
        var names = used.ToHashSet(StringComparer.Ordinal);
        var kept = all.MapHere();
        foreach (var (key, value) in all.Entries.Where(e => names.Contains(e.Key)))
            kept[key] = value;
        kept.TakeKeyPlaces(all);
        model[section] = kept.Count > 0 ? kept : null;
    }

    private static IEnumerable<MapNode> Items(Node? list) => ((list as ListNode)?.Items ?? []).OfType<MapNode>();
}
