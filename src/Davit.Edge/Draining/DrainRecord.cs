using System.Collections.Immutable;
using Davit.Edge.Control;
using Davit.Edge.Routing;
using Davit.Edge.Upgrading;

namespace Davit.Edge.Draining;

/// <summary>The drain that one switch began.</summary>
internal sealed class DrainRecord(string id, long tableVersion, ImmutableArray<Target> targets, Predecessors predecessors)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DrainState? _last;

    public long TableVersion => tableVersion;

    /// <summary>Those that still finish something.</summary>
    public ImmutableArray<Target> Targets { get; private set; } = targets;

    public Task Done => _done.Task;

    public DrainState Read() => Volatile.Read(ref _last) ?? Read(drainedAt: null);

    /// <summary>Keeps the figures and lets go of the targets.</summary>
    public void Finish(DateTimeOffset at)
    {
        Volatile.Write(ref _last, Read(at));
        Targets = [];
        _done.SetResult();
    }

    private DrainState Read(DateTimeOffset? drainedAt)
    {
        var all = Targets;
        return new DrainState(id, all.Sum(t => t.InFlight + predecessors.InFlight(t.Key)), all.Sum(t => t.Cut), drainedAt, [.. all.Select(Read)]);
    }

    private TargetDrain Read(Target target)
    {
        var kinds = target.Flights.Keys.CountBy(f => f.Kind).ToDictionary();
        return new TargetDrain(
            target.Key.Service, target.Key.Instance, target.InFlight + predecessors.InFlight(target.Key),
            kinds.GetValueOrDefault(FlightKind.WebSocket), kinds.GetValueOrDefault(FlightKind.Stream), target.Cut);
    }
}
