using System.Collections.Immutable;
using Davit.Manifest.Canonical;
using Davit.Manifest.Yaml;

namespace Davit.Manifest.Loading;

/// <summary>Reads from the final trees where every value comes from and what it replaced.</summary>
internal sealed class OriginCollector
{
    private readonly SortedDictionary<string, ImmutableArray<Origin>> _chains = new(StringComparer.Ordinal);

    /// <summary>Nothing is read before somebody asks.</summary>
    public static ManifestOrigins Of(MapNode compose, MapNode davit, AppManifest manifest) => new(() =>
    {
        var collector = new OriginCollector();
        collector.Walk(compose, "");
        collector.Walk(davit, "");
        foreach (var service in manifest.Services.Values)
            collector.Defaults(service);
        return collector._chains;
    });

    private void Walk(Node node, string path)
    {
        switch (node)
        {
            case MapNode map:
                foreach (var (key, value) in map.Entries)
                    Walk(value, path.Length is 0 ? key : $"{path}.{key}");
                break;
            case ListNode list:
                for (var i = 0; i < list.Items.Count; i++)
                    Walk(list.Items[i], $"{path}[{i}]");
                break;
        }

        if (path.Length > 0 && !(node.IsNull && node.Replaced is null))
            Add(path, [.. Chain(node)]);
    }

    /// <summary>What the manifest says itself comes before what the Compose files say about the same path.</summary>
    private void Add(string path, ImmutableArray<Origin> chain)
    {
        if (!_chains.TryGetValue(path, out var below))
            _chains[path] = chain;
        else if (!below.Any(o => o.At == chain[0].At))
            _chains[path] = [.. chain, .. below];
    }

    /// <summary>What nobody wrote and still counts.</summary>
    private void Defaults(ServiceSpec service)
    {
        var path = $"services.{service.Name}";
        Default($"{path}.kind", service.Kind.ToString().ToLowerInvariant(), service.KindReason);
        Default($"{path}.scale.min", $"{service.Scale.Min}", "");
        Default($"{path}.scale.max", $"{service.Scale.Max}", "");
        Default($"{path}.rollout.strategy", service.Rollout.Strategy.ToString().ToLowerInvariant(), "");
        Default($"{path}.health.interval", GoFormat.Duration(service.Health.Interval.Ticks * 100), $"{service.Health.Origin}".ToLowerInvariant());
        Default($"{path}.health.timeout", GoFormat.Duration(service.Health.Timeout.Ticks * 100), $"{service.Health.Origin}".ToLowerInvariant());
        Default($"{path}.health.startup", GoFormat.Duration(service.Health.Startup.Ticks * 100), $"{service.Health.Origin}".ToLowerInvariant());
        Default($"{path}.health.successes", $"{service.Health.Successes}", "");
        Default($"{path}.health.failures", $"{service.Health.Failures}", "");
    }

    private void Default(string path, string value, string why)
    {
        if (!_chains.ContainsKey(path))
            _chains[path] = [new Origin(OriginKind.Default, value, null, why)];
    }

    private static IEnumerable<Origin> Chain(Node node)
    {
        for (var (at, left) = (node, 100); at is not null && left > 0; at = at.Replaced!, left--)
        {
            var value = at is ScalarNode ? NodeJson.Of(at) : at is MapNode ? "{…}" : "[…]";
            yield return new Origin(at.File?.Part ?? OriginKind.Default, value, at.At, at.File?.Via ?? "");
            foreach (var variable in (at as ScalarNode)?.Variables ?? [])
                yield return new Origin(OriginKind.Variable, value, at.At, variable);
        }
    }
}
