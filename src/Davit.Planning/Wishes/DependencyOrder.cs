using Davit.Manifest;

namespace Davit.Planning.Wishes;

/// <summary>Services so that everything stands after what it depends on; ties by name. Cycles were refused while loading.</summary>
internal static class DependencyOrder
{
    public static IReadOnlyList<ServiceSpec> Of(AppManifest app)
    {
        var ordered = new List<ServiceSpec>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in app.Services.Keys)
            Visit(name);
        return ordered;

        void Visit(string name)
        {
            if (!app.Services.TryGetValue(name, out var service) || !seen.Add(name))
                return;
            foreach (var dependency in service.DependsOn.Keys)
                Visit(dependency);
            ordered.Add(service);
        }
    }
}
