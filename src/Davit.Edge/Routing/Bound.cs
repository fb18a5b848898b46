using System.Collections.Immutable;
using Davit.Edge.AccessLog;
using Davit.Edge.Control;
using Davit.Edge.Static;

namespace Davit.Edge.Routing;

/// <summary>One environment's slice with what is remembered about how it came to be.</summary>
internal sealed record EnvironmentSlice(EdgeEnvironment Environment, long Fence, string Switch, SwitchOutcome.Switched Outcome)
{
    private const int Remembered = 20;

    /// <summary>Switches that made the slices before this one, the newest first: repeating one must not bring its slice back.</summary>
    public ImmutableArray<PastSwitch> Past { get; init; } = [];

    public static ImmutableArray<PastSwitch> PastOf(EnvironmentSlice? last) =>
        last is null ? [] : [new PastSwitch(last.Switch, last.Outcome.At, last.Outcome.TableVersion), .. last.Past.Take(Remembered - 1)];

    /// <summary>What the switch of this id came to, or null when it made none of the environment's slices.</summary>
    public SwitchOutcome.Switched? Find(string switchId) => Switch == switchId ? Outcome
        : Past.FirstOrDefault(p => p.Id == switchId) is { } past ? new SwitchOutcome.Switched(past.At, past.TableVersion, [])
        : null;
}

internal sealed record PastSwitch(string Id, DateTimeOffset At, long TableVersion);

/// <summary>A route joined with the service it leads to.</summary>
internal sealed record BoundRoute(string Environment, EdgeRoute Route, BoundService Service, EdgeTraffic Traffic, RouteFigures Figures)
{
    /// <summary>The same route to the new side of its service.</summary>
    public BoundRoute? NewSide { get; } = Service.NewSide is { } side ? new BoundRoute(Environment, Route, side, Traffic, Figures) : null;
}

/// <summary>A service joined with the state of its targets.</summary>
internal sealed record BoundService(EdgeService Spec, ImmutableArray<WeightedTarget> Targets, SiteRoot? Site)
{
    /// <summary>Set while the service is split.</summary>
    public BoundService? NewSide { get; init; }

    /// <summary>What this side has answered while the service is split.</summary>
    public SideFigures? Figures { get; init; }

    public IEnumerable<BoundService> Sides => NewSide is null ? [this] : [this, NewSide];

    public IEnumerable<WeightedTarget> AllTargets => Sides.SelectMany(s => s.Targets);
}

internal readonly record struct WeightedTarget(Target Target, int Weight);

/// <summary>All HTTP routes of one host, the longest prefix first and the older one of two alike.</summary>
internal sealed record HostRoutes(string Host, ImmutableArray<BoundRoute> Routes)
{
    public BoundRoute? Match(ReadOnlySpan<char> path)
    {
        foreach (var route in Routes)
        {
            if (RoutePath.IsUnder(path, route.Route.PathPrefix))
                return route;
        }

        return null;
    }
}
