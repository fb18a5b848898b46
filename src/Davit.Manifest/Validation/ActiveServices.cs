using Davit.Manifest.Yaml;

namespace Davit.Manifest.Validation;

/// <summary>The services of a model, and those among them whose profiles are on.</summary>
internal sealed class ActiveServices
{
    private readonly MapNode _services;

    public ActiveServices(MapNode model, IReadOnlyCollection<string> profiles)
    {
        _services = model.Child("services");
        Profiles = profiles;
        Active = All.Where(s => IsOn(s.Value, profiles)).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
    }

    public IReadOnlyCollection<string> Profiles { get; }

    public IReadOnlyDictionary<string, MapNode> Active { get; }

    public IEnumerable<KeyValuePair<string, MapNode>> All =>
        _services.Entries.Where(e => e.Value is MapNode).Select(e => KeyValuePair.Create(e.Key, (MapNode)e.Value));

    public MapNode? Find(string name) => _services[name] as MapNode;

    public static IEnumerable<string> ProfilesOf(MapNode service) => service["profiles"] is ListNode list ? list.Items.Select(i => i.AsText ?? "") : [];

    private static bool IsOn(MapNode service, IReadOnlyCollection<string> profiles) =>
        !ProfilesOf(service).Any() || profiles.Contains("*", StringComparer.Ordinal) || ProfilesOf(service).Any(p => profiles.Contains(p, StringComparer.Ordinal));
}
