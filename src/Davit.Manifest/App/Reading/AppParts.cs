using System.Collections.Immutable;

namespace Davit.Manifest.App.Reading;

/// <summary>What is known about all services when each of them is finished.</summary>
internal sealed record AppParts(
    IReadOnlyDictionary<string, ServiceDraft> Drafts, ImmutableArray<RouteSpec> Routes, ImmutableSortedDictionary<string, VolumeSpec> Volumes)
{
    private ILookup<string, RouteSpec>? _routes;
    private ILookup<string, string>? _waiting;

    public IEnumerable<RouteSpec> RoutesOf(string service) => (_routes ??= Routes.ToLookup(r => r.Service, StringComparer.Ordinal))[service];

    /// <summary>Who waits until a service has completed.</summary>
    public IEnumerable<string> WaitingFor(string service) => (_waiting ??= Waiting().ToLookup(w => w.For, w => w.Who, StringComparer.Ordinal))[service];

    private IEnumerable<(string For, string Who)> Waiting() => Drafts.Values.SelectMany(d => d.Spec.DependsOn
        .Where(o => o.Value.Condition is DependencyCondition.ServiceCompletedSuccessfully)
        .Select(o => (o.Key, d.Name)));
}
