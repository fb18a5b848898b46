using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Davit.ControlPlane.Hosting;
using Davit.Drivers;
using Davit.Drivers.Instances;
using Davit.Edge.Control;
using Davit.Model;
using Davit.Planning.Canaries;
using Davit.Planning.Rollouts;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Reconciling;

/// <summary>Looks at the runtime and the edge and says what there is of one environment, in the planner's words.</summary>
internal sealed class Observer(IRuntimeDriver driver, EdgeControlClient edge, Installation installation, Database database, TimeProvider clock)
{
    private readonly ConcurrentDictionary<EnvId, DateTimeOffset> _seen = new();
    private readonly DateTimeOffset _began = clock.GetUtcNow();

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>When the runtime last showed what there is of the environment; before the first look, when looking began.</summary>
    public DateTimeOffset LastSeen(EnvId env) => _seen.GetValueOrDefault(env, _began);

    public async Task<Sight> LookAsync(EnvRow env, CancellationToken ct) => (await LookAtLedgerTooAsync(env, ct)).Have;

    /// <returns>What there is, each instance with what the ledger remembers of it; what should be there because we made it; and what of that was never seen running.</returns>
    public async Task<(Sight Have, Inventory Made, ImmutableHashSet<InstanceId> Unseen)> LookAtLedgerTooAsync(EnvRow env, CancellationToken ct)
    {
        // The world first: whatever is in it was in the ledger before.
        var have = await SeeAsync(env, ct);
        var (rows, objects) = await database.ReadAsync(async db => (await InstanceLedger.PresentAsync(db, env.Id, ct), await ObjectLedger.OfEnvAsync(db, env.Id, ct)), ct);
        var known = rows.ToDictionary(r => r.Id);
        return (have with { Instances = [.. have.Instances.Select(i => known.TryGetValue(i.Id, out var row) ? Remember(i, row) : i)] },
            new Inventory(rows.ToImmutableDictionary(r => r.Id, r => new MadeInstance(r.Name, r.Service, r.SpecHash)), [.. objects.Where(o => o.Kind is "network" or "volume").Select(o => (o.Kind, o.Name))]),
            [.. rows.Where(r => r.Fingerprint is null).Select(r => r.Id)]);
    }

    /// <summary>What the edge has counted on both sides of the environment's split; null when it cannot say.</summary>
    public async Task<SplitCounts?> CountAsync(EnvId env, CancellationToken ct)
    {
        try
        {
            var splits = (await edge.SplitsAsync(env.ToString(), ct)).Splits;
            return splits.Length is 0 ? null : splits.Select(s => new SplitCounts(Side(s.Old), Side(s.New))).Aggregate((all, one) => all.Plus(one));
        }
        catch (ProblemException)
        {
            return null;
        }

        static SideCounts Side(SideCounters counters) => new(counters.Requests, counters.Errors, [.. counters.LatencyBuckets]);
    }

    private static InstanceSeen Remember(InstanceSeen seen, InstanceRow row) => seen with
    {
        Revivals = row.Revivals,
        RevivedAt = row.RevivedAt,
        Tampering = seen.Name != row.Name ? $"renamed from {row.Name}" : row.Fingerprint is { } first && first != seen.Fingerprint ? "changed by somebody else" : "",
    };

    private async Task<Sight> SeeAsync(EnvRow env, CancellationToken ct)
    {
        var runtime = driver.ObserveAsync(new OwnershipScope(installation.Id) { Env = env.Id }, ct);
        var served = EdgeAsync(env.Id, ct);
        var seen = await runtime;
        var at = clock.GetUtcNow();
        _seen[env.Id] = at;
        return new Sight(at)
        {
            Instances = [.. seen.Instances.Where(i => i.Owner.Instance is not null && i.State is not InstanceState.Removing).Select(Instance)],
            Networks = [.. seen.Networks.Select(n => n.Name)],
            Volumes = [.. seen.Volumes.Select(v => v.Name)],
            Edge = await served,
        };
    }

    private async Task<EdgeSeen> EdgeAsync(EnvId env, CancellationToken ct)
    {
        try
        {
            var status = await edge.StatusAsync(ct);
            var ours = status.Environments.FirstOrDefault(e => e.Environment == env.ToString());
            return ours is null ? new EdgeSeen("") : new EdgeSeen(SwitchId.SliceOf(ours.Switch))
            {
                Traffic = ours.Traffic is TrafficMode.Serving ? "" : ours.Traffic.ToString().ToLowerInvariant(),
                TrafficMessage = ours.TrafficMessage,
                Routed = [.. ours.Targets.Where(t => t.Health is not TargetHealth.Draining).Select(t => t.Instance)],
                Draining = [.. ours.Targets.Where(t => t is { Health: TargetHealth.Draining, InFlight: > 0 }).Select(t => t.Instance)],
            };
        }
        catch (ProblemException)
        {
            return new EdgeSeen("") { IsReachable = false };
        }
    }

    private static InstanceSeen Instance(InstanceSight sight) => new(sight.Name, sight.Owner.Service ?? "", sight.SpecHash, Condition(sight))
    {
        Id = sight.Owner.Instance!.Value,
        Release = sight.Owner.Release ?? default,
        Ordinal = int.TryParse(sight.Name[(sight.Name.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0,
        Address = sight.Addresses.Select(a => a.Ipv4 ?? a.Ipv6).FirstOrDefault(a => a is not null) ?? "",
        Restarts = sight.RestartCount,
        Fingerprint = sight.Fingerprint,
    };

    private static InstanceCondition Condition(InstanceSight sight) => sight.State switch
    {
        InstanceState.Created => new InstanceCondition.Created(),
        InstanceState.Running { Health: HealthVerdict.None or HealthVerdict.Healthy } r => new InstanceCondition.Ready(r.StartedAt),
        InstanceState.Running { Health: HealthVerdict.Starting } r => new InstanceCondition.Unready(r.StartedAt, "its health check has not passed yet"),
        InstanceState.Running r => new InstanceCondition.Unready(r.StartedAt, "its health check fails"),
        InstanceState.Paused p => new InstanceCondition.Unready(p.StartedAt, "it is paused"),
        InstanceState.Restarting r => new InstanceCondition.Restarting(r.ExitCode),
        InstanceState.Exited e => new InstanceCondition.Ended(e.ExitCode, e.OomKilled, e.FinishedAt, e.Error ?? ""),
        InstanceState.Removing => new InstanceCondition.Ended(0, false, sight.CreatedAt, "it is being removed"),
    };
}

/// <summary>The id of a switch says which slice it makes, so that looking at the edge tells what it serves.</summary>
internal static class SwitchId
{
    public static string Of(DeploymentId deployment, DateTimeOffset attempt, Slice slice) =>
        string.Create(CultureInfo.InvariantCulture, $"{deployment}.{attempt.UtcTicks}.{slice.Hash}");

    public static string SliceOf(string id) => id[(id.LastIndexOf('.') + 1)..];
}
