using System.Collections.Immutable;
using Davit.Edge.Control;
using Davit.Edge.Draining;
using Davit.Edge.Persistence;
using Davit.Edge.Probing;
using Davit.Edge.Routing;
using Davit.Edge.Tcp;

namespace Davit.Edge.Switching;

/// <summary>The one writer of the table: compile, write to disk, publish, and see to what comes and goes with it.</summary>
internal sealed class TableSwap(RouteTable table, TableCompiler compiler, TableStore store, ProbeLoops probes, Drainer drainer, TcpPorts ports)
{
    private readonly Lock _lock = new();

    public RouteTable Table => table;

    public Drainer Drainer => drainer;

    /// <summary>Serves what the disk has; its targets are unverified until they are probed.</summary>
    public void Restore()
    {
        if (store.ReadNewest() is not { } stored)
            return;

        lock (_lock)
        {
            var next = compiler.Compile(new TableSnapshot(stored.Version - 1, TableSnapshot.Empty.Slices, []), stored.ToSlices(), TargetHealth.Unverified);
            ports.OpenRestored(next);
            table.Publish(next);
            probes.Cover(TableCompiler.Targets(next));
        }
    }

    /// <summary>Targets of the slice that the table does not have, in the state they are probed in.</summary>
    public ImmutableArray<(EdgeTarget Target, EdgeService Service)> NewTargets(EdgeEnvironment environment)
    {
        var known = TableCompiler.Targets(table.Current).Select(t => t.Key).ToHashSet();
        return [.. environment.Services.SelectMany(s => s.Targets.Select(t => (Target: t, Service: s))).Where(t => !known.Contains(TableCompiler.Key(environment.Environment, t.Service.Name, t.Target)))];
    }

    /// <exception cref="Davit.Model.ProblemException">DV5009 or DV5012: a port or the disk; the old table serves.</exception>
    public SwitchOutcome.Switched Apply(EnvironmentSlice slice, DateTimeOffset at) =>
        Change(slice.Switch, at, slice.Outcome.Probes, (slices, outcome) => slices.SetItem(slice.Environment.Environment, slice with { Outcome = outcome }));

    public SwitchOutcome.Switched Remove(string environment, string switchId, DateTimeOffset at) =>
        Change(switchId, at, [], (slices, _) => slices.Remove(environment));

    private SwitchOutcome.Switched Change(
        string switchId, DateTimeOffset at, ImmutableArray<TargetProbes> rings,
        Func<ImmutableSortedDictionary<string, EnvironmentSlice>, SwitchOutcome.Switched, ImmutableSortedDictionary<string, EnvironmentSlice>> change)
    {
        lock (_lock)
        {
            var last = table.Current;
            var outcome = new SwitchOutcome.Switched(at, last.Version + 1, rings);
            var next = compiler.Compile(last, change(last.Slices, outcome), TargetHealth.Ready);
            ports.Open(next);
            store.Write(StoredTable.Of(next.Version, next.Slices));
            table.Publish(next);
            ports.CloseOthers(next);
            var stay = TableCompiler.Targets(next).ToHashSet();
            drainer.Begin(switchId, [.. TableCompiler.Targets(last).Where(t => !stay.Contains(t))]);
            probes.Cover(stay);
            return outcome;
        }
    }
}
