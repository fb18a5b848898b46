using System.Collections.Immutable;
using Davit.Edge.AccessLog;
using Davit.Edge.Control;
using Davit.Edge.Draining;
using Davit.Edge.Persistence;
using Davit.Edge.Probing;
using Davit.Edge.Routing;
using Davit.Edge.Tcp;
using Davit.Edge.Upgrading;
using Davit.Model;

namespace Davit.Edge.Switching;

/// <summary>The one writer of the table: compile, write to disk, publish, and see to what comes and goes with it.</summary>
internal sealed class TableSwap(TableCompiler compiler, TableStore store, SwapParts parts, StartState start, EdgeNotes notes, TimeProvider clock)
{
    private readonly Lock _lock = new();

    public RouteTable Table => parts.Table;

    public Drainer Drainer => parts.Drainer;

    /// <summary>Serves what the disk has; its targets are unverified until they are probed.</summary>
    public void Restore()
    {
        if (store.ReadNewest() is not { } stored)
            return;

        lock (_lock)
        {
            var next = compiler.Compile(new TableSnapshot(stored.Version - 1, TableSnapshot.Empty.Slices, []), stored.ToSlices(), TargetHealth.Unverified, "");
            parts.Ports.OpenRestored(next);
            TableCompiler.Settle(next);
            Recall(next);
            parts.Table.Publish(next);
            parts.Ports.AcceptRestored();
            parts.Probes.Cover(TableCompiler.Targets(next));
        }
    }

    /// <summary>Serves what a successor has written, without writing or listening: its targets have been proven there.</summary>
    public void Follow()
    {
        if (store.ReadNewest() is not { } stored)
            return;

        lock (_lock)
        {
            var last = parts.Table.Current;
            if (stored.Version > last.Version)
                Publish(last, compiler.Compile(new TableSnapshot(stored.Version - 1, last.Slices, last.Routes), stored.ToSlices(), TargetHealth.Ready, ""), $"table {stored.Version}");
        }
    }

    /// <summary>Targets of the slice that the table does not have, or has as gone: they have to prove themselves.</summary>
    public ImmutableArray<(EdgeTarget Target, EdgeService Service)> NewTargets(EdgeEnvironment environment)
    {
        var known = TableCompiler.Targets(parts.Table.Current).Where(t => t.Health is not TargetHealth.Gone).Select(t => t.Key).ToHashSet();
        return [.. environment.Services.SelectMany(s => (EdgeService[])(s.Split is { } split ? [s, split.To] : [s])).SelectMany(s => s.Targets.Select(t => (Target: t, Service: s))).Where(t => !known.Contains(TableCompiler.Key(environment.Environment, t.Service.Name, t.Target)))];
    }

    /// <exception cref="ProblemException">DV5005, DV5009 or DV5012: a place, a port or the disk; the old table serves.</exception>
    public SwitchOutcome.Switched Apply(SwitchRequest request, EdgeEnvironment environment, ImmutableArray<TargetProbes> rings)
    {
        lock (_lock)
        {
            // While the targets were probed another environment may have come to own the same place.
            if (EnvironmentCheck.Taken(environment, parts.Table.Current) is { } taken)
                throw new ProblemException(taken);

            var last = parts.Table.Current;
            var outcome = new SwitchOutcome.Switched(clock.GetUtcNow(), last.Version + 1, rings);
            var kept = environment with { Traffic = environment.Traffic ?? last.Slices.GetValueOrDefault(environment.Environment)?.Environment.Traffic ?? EdgeTraffic.Serving };
            var slice = new EnvironmentSlice(kept, request.Fence, request.Id, outcome) { Past = EnvironmentSlice.PastOf(last.Slices.GetValueOrDefault(environment.Environment)) };
            Change(last, last.Slices.SetItem(environment.Environment, slice), request.Id, environment.Environment);
            return outcome;
        }
    }

    /// <summary>Holds requests back, turns them away or serves again. It is part of the table: neither switches nor restarts change it.</summary>
    /// <exception cref="ProblemException">DV5007 or DV5012: the environment or the disk; the old table serves.</exception>
    public SwitchOutcome.Switched SetTraffic(string environment, EdgeTraffic traffic)
    {
        lock (_lock)
        {
            var last = parts.Table.Current;
            if (!last.Slices.TryGetValue(environment, out var slice))
                throw new ProblemException(EdgeProblems.UnknownEnvironment(environment));

            var outcome = new SwitchOutcome.Switched(clock.GetUtcNow(), last.Version + 1, []);
            Change(last, last.Slices.SetItem(environment, slice with { Environment = slice.Environment with { Traffic = traffic } }), "", environment);
            return outcome;
        }
    }

    /// <exception cref="ProblemException">DV5007 or DV5012: the environment or the disk; the old table serves.</exception>
    public SwitchOutcome.Switched Remove(string environment, string switchId)
    {
        lock (_lock)
        {
            var last = parts.Table.Current;
            if (!last.Slices.ContainsKey(environment))
                throw new ProblemException(EdgeProblems.UnknownEnvironment(environment));

            var outcome = new SwitchOutcome.Switched(clock.GetUtcNow(), last.Version + 1, []);
            Change(last, last.Slices.Remove(environment), switchId, environment);
            return outcome;
        }
    }

    /// <summary>Nothing that requests can see changes before the disk has the new table; a port that was opened for it is closed again when it has not.</summary>
    private void Change(TableSnapshot last, ImmutableSortedDictionary<string, EnvironmentSlice> slices, string switchId, string environment)
    {
        var next = compiler.Compile(last, slices, TargetHealth.Ready, environment);
        var opened = parts.Ports.Open(next);
        try
        {
            store.Write(StoredTable.Of(next.Version, slices));
        }
        catch
        {
            parts.Ports.Close(opened);
            throw;
        }

        Publish(last, next, switchId);
        parts.Ports.Accept(opened);
        parts.Ports.CloseOthers(next);
    }

    private void Publish(TableSnapshot last, TableSnapshot next, string switchId)
    {
        var stay = TableCompiler.Targets(next).ToHashSet();
        var drain = parts.Drainer.Announce(switchId, next.Version, [.. TableCompiler.Targets(last).Where(t => !stay.Contains(t))]);
        parts.Table.Publish(next);
        TableCompiler.Settle(next);
        parts.Drainer.Begin(drain);
        Displace(last, stay);
        parts.Probes.Cover(stay);
    }

    /// <summary>A process that takes over knows what the one before knew: a sick target gets nothing until it is well.</summary>
    private void Recall(TableSnapshot restored)
    {
        if (start.Go is not { } go)
            return;

        parts.Drainer.Predecessors.Expect(go.Predecessors);
        var known = go.Environments.SelectMany(e => e.Targets.Select(t => (e.Environment, t.Service, t.Instance, t.Endpoint, t.Health)))
            .GroupBy(t => (t.Environment, t.Service, t.Instance, t.Endpoint)).ToDictionary(g => g.Key, g => g.First().Health);
        foreach (var target in TableCompiler.Targets(restored))
        {
            switch (known.GetValueOrDefault((target.Key.Environment, target.Key.Service, target.Key.Instance, target.Endpoint.ToString())))
            {
                case TargetHealth.Gone:
                    target.End();
                    break;
                case TargetHealth.Sick:
                    target.Judge(TargetHealth.Sick);
                    break;
            }
        }
    }

    /// <summary>An address belongs to the instance that got it last: whoever had it before must have ended, whatever else was said about it.</summary>
    private void Displace(TableSnapshot last, HashSet<Target> stay)
    {
        var known = TableCompiler.Targets(last).ToHashSet();
        var fresh = stay.Where(t => !known.Contains(t)).ToLookup(t => t.Endpoint);
        foreach (var old in stay.Where(known.Contains))
        {
            if (fresh[old.Endpoint].FirstOrDefault(t => t.Key.Instance != old.Key.Instance) is not { } heir || old.Health is TargetHealth.Gone)
                continue;

            old.End();
            notes.Add("address-reused", $"{old} of {old.Key.Environment} is gone: its address now belongs to {heir.Key.Instance} of {heir.Key.Environment}.");
        }
    }
}

/// <summary>What a swap sets in motion.</summary>
internal sealed record SwapParts(RouteTable Table, ProbeLoops Probes, Drainer Drainer, TcpPorts Ports);
