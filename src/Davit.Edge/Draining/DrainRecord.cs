using System.Collections.Immutable;
using Davit.Edge.Control;
using Davit.Edge.Routing;

namespace Davit.Edge.Draining;

/// <summary>The drain that one switch began.</summary>
internal sealed class DrainRecord(string id, ImmutableArray<Target> targets)
{
    public ImmutableArray<Target> Targets => targets;

    public Task Done { get; set; } = Task.CompletedTask;

    public DateTimeOffset? DrainedAt { get; set; }

    public DrainState Read() => new(id, targets.Sum(t => t.InFlight), targets.Sum(t => t.Cut), DrainedAt, [.. targets.Select(Read)]);

    private static TargetDrain Read(Target target)
    {
        var kinds = target.Flights.Keys.CountBy(f => f.Kind).ToDictionary();
        return new TargetDrain(
            target.Key.Service, target.Key.Instance, target.InFlight,
            kinds.GetValueOrDefault(FlightKind.WebSocket), kinds.GetValueOrDefault(FlightKind.Stream), target.Cut);
    }
}
