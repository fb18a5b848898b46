using Davit.Manifest.Loading;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Validation;

/// <summary>Finds services that wait for each other. Every service is visited once, so big graphs cost no more than their edges.</summary>
internal sealed class DependencyGraph(ActiveServices services, FaultSink faults)
{
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly List<string> _path = [];

    public void Check()
    {
        foreach (var name in services.Active.Keys.Order(StringComparer.Ordinal))
        {
            if (Visit(name))
                return;
        }
    }

    private bool Visit(string name)
    {
        if (_done.Contains(name) || !services.Active.TryGetValue(name, out var service))
            return false;
        var start = _path.IndexOf(name);
        if (start >= 0)
        {
            faults.Error(ManifestProblems.DependencyCycle, $"services depend on each other: {string.Join(" → ", _path.Skip(start).Append(name))}", service.At, $"services.{name}");
            return true;
        }

        _path.Add(name);
        foreach (var next in Needed(service).Order(StringComparer.Ordinal))
        {
            if (Visit(next))
                return true;
        }

        _path.RemoveAt(_path.Count - 1);
        _done.Add(name);
        return false;
    }

    private static IEnumerable<string> Needed(MapNode service) => service.Child("depends_on").Keys
        .Concat(service.Child("build").Child("additional_contexts").Entries
            .Select(e => e.Value.AsText ?? "")
            .Where(c => c.StartsWith("service:", StringComparison.Ordinal))
            .Select(c => c["service:".Length..]));
}
