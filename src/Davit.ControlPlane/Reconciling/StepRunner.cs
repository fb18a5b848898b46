using System.Collections.Concurrent;
using Davit.ControlPlane.Content;
using Davit.ControlPlane.Edges;
using Davit.ControlPlane.Leases;
using Davit.ControlPlane.Logs;
using Davit.ControlPlane.Secrets;
using Davit.Drivers;
using Davit.Drivers.Instances;
using Davit.Edge.Control;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Leases;
using Davit.Store.Ledger;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Reconciling;

/// <summary>On whose behalf steps are taken.</summary>
/// <param name="Deployment">The deployment whose wish it is; its id marks everything done for it.</param>
/// <param name="Held">The leader's lease, shown with everything that is done.</param>
internal sealed record StepScope(EnvRow Env, Wish Wish, DeploymentId Deployment, Holding Held, Cause Cause)
{
    /// <summary>The number of the newest deployment of the environment that this is done for or after.</summary>
    public int Number { get; init; }

    /// <summary>The instant of the look that the steps were decided on.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>Does one step. Nothing is chosen here; each method says why doing it again is harmless.</summary>
internal sealed class StepRunner(IRuntimeDriver driver, EdgeControlClient edge, EdgeSlices slices, EffectGate gate, ContentParts content, LogCollector logs)
{
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<EnvId, string> _told = new();

    /// <summary>The slice that this process last told the edge to serve for an environment.</summary>
    public string? ToldSlice(EnvId env) => _told.GetValueOrDefault(env);

    /// <summary>The ledger row comes first, so a network that exists is always known; the driver finds it by name.</summary>
    public async Task EnsureNetworkAsync(StepScope scope, string name, CancellationToken ct)
    {
        await RegisterAsync(scope, "network", name, ct);
        await DoAsync(scope, "ensure-network", name, () => driver.EnsureNetworkAsync(scope.Wish.Networks.First(n => n.Name == name), ct), ct);
    }

    /// <summary>As with networks; the driver never touches the data of a volume that exists.</summary>
    public async Task EnsureVolumeAsync(StepScope scope, string name, CancellationToken ct)
    {
        await RegisterAsync(scope, "volume", name, ct);
        await DoAsync(scope, "ensure-volume", name, () => driver.EnsureVolumeAsync(scope.Wish.Volumes.First(v => v.Name == name), ct), ct);
    }

    /// <summary>The planner chose the name, the ledger holds it once, and the driver adopts an instance of that name.</summary>
    public async Task StartAsync(StepScope scope, Step.Start step, InstanceId fresh, CancellationToken ct)
    {
        var service = scope.Wish.Find(step.Service)!;
        var known = await gate.Database.ReadAsync(db => InstanceLedger.FindAsync(db, scope.Env.Id, step.Instance, ct), ct);
        var id = known?.Id ?? fresh;
        if (known is null)
            await gate.WriteAsync(scope.Held, scope.Cause, "instance.assigned", w => InstanceLedger.InsertAsync(w, new InstanceRow
            {
                Id = id, OrgId = scope.Env.OrgId, EnvId = scope.Env.Id, DeploymentId = scope.Deployment, ReleaseId = scope.Wish.Release,
                Service = step.Service, Name = step.Instance, Ordinal = step.Ordinal, SpecHash = service.SpecHash, CreatedAt = w.At,
            }, ct), ct);

        await CreateAsync(scope, service, step.Instance, service.Template.Owner with { Release = scope.Wish.Release, Deployment = scope.Deployment, Instance = id }, ct);
        await DoAsync(scope, "start-instance", step.Instance, () => driver.StartInstanceAsync(step.Instance, ct), ct);
    }

    /// <summary>
    /// Counted before it is started, so that one that ends davitd too does not loop without a pause. Its files are laid in place
    /// again: secrets lie in memory, and a reboot of the machine has emptied it.
    /// </summary>
    public async Task ReviveAsync(StepScope scope, Step.Revive step, CancellationToken ct)
    {
        var name = step.Instance;
        var row = await gate.Database.ReadAsync(db => InstanceLedger.FindAsync(db, scope.Env.Id, name, ct), ct);
        if (step.InARow > 0 && row is not null)
            await gate.WriteAsync(scope.Held, scope.Cause, "instance.revived", w => InstanceLedger.MarkRevivedAsync(w, row, step.InARow, ct), ct);
        if (row is not null && scope.Wish.Find(row.Service) is { Template.Files.IsEmpty: false } service && service.SpecHash == row.SpecHash)
            await CreateAsync(scope, service, name, service.Template.Owner with { Release = row.ReleaseId, Deployment = row.DeploymentId, Instance = row.Id }, ct);
        await DoAsync(scope, "start-instance", name, () => driver.StartInstanceAsync(name, ct), ct);
    }

    private Task<InstanceSight> CreateAsync(StepScope scope, ServiceWish service, string name, Ownership owner, CancellationToken ct) =>
        DoAsync(scope, "create-instance", name, async () => await driver.CreateInstanceAsync(await SpecAsync(service, name, ct) with { Owner = owner }, ct), ct);

    /// <summary>What is stopped or gone already is fine.</summary>
    public Task StopAsync(StepScope scope, string name, CancellationToken ct) => DoAsync(scope, "stop-instance", name, () => driver.StopInstanceAsync(name, null, ct), ct);

    /// <summary>Stopping and removing what is gone already is fine; its last lines are kept before it goes.</summary>
    public async Task RetireAsync(StepScope scope, string name, CancellationToken ct)
    {
        await StopAsync(scope, name, ct);
        var row = await gate.Database.ReadAsync(db => InstanceLedger.FindAsync(db, scope.Env.Id, name, ct), ct);
        if (row is not null)
            await logs.KeptAsync(scope.Env.Id, row.Id, name, LogPatience, ct);
        await DoAsync(scope, "remove-instance", name, () => driver.RemoveInstanceAsync(name, ct), ct);
        if (row is { RemovedAt: null })
            await gate.WriteAsync(scope.Held, scope.Cause, "instance.removed", w => InstanceLedger.MarkRemovedAsync(w, row, "nothing wants it any more", ct), ct);
    }

    /// <summary>
    /// Each attempt has an id of its own, because the edge gives the same answer to the same id; an attempt that was made and
    /// whose answer was lost is recognised by the slice in force. An empty slice takes the environment out of the table.
    /// </summary>
    public async Task<SwitchOutcome> SwitchAsync(StepScope scope, Slice slice, TimeSpan patience, CancellationToken ct)
    {
        var id = SwitchId.Of(scope.Deployment, scope.At, slice);
        var fence = EdgeFence.Of(scope.Held.Lease, scope.Number);
        var outcome = await DoAsync(scope, "switch", slice.Hash, () => slice.Routes.Count is 0
            ? edge.RemoveAsync(scope.Env.Id.ToString(), id, fence, ct)
            : edge.SwitchAsync(new SwitchRequest(id, fence, slices.Of(scope.Env.Id, slice), patience), ct), ct);
        if (outcome is SwitchOutcome.Switched)
            _told[scope.Env.Id] = slice.Routes.Count is 0 ? "" : slice.Hash;
        return outcome;
    }

    /// <summary>What is gone already is fine; the ledger row goes last, so that a repeat still knows it as ours.</summary>
    public async Task RemoveNetworkAsync(StepScope scope, string name, CancellationToken ct)
    {
        await DoAsync(scope, "remove-network", name, () => driver.RemoveNetworkAsync(name, ct), ct);
        await gate.WriteAsync(scope.Held, scope.Cause, "network.removed", w => ObjectLedger.MarkRemovedAsync(w, new OwnedObject("network", name), ct), ct);
    }

    /// <summary>Each file is compared first, and only what differs is written.</summary>
    public Task RestoreTreeAsync(StepScope scope, string digest, CancellationToken ct) =>
        DoAsync(scope, "restore-tree", digest, () => Task.Run(() => content.Store.RestoreTree(digest, ct), ct), ct);

    /// <summary>As with networks.</summary>
    public async Task RemoveVolumeAsync(StepScope scope, string name, CancellationToken ct)
    {
        await DoAsync(scope, "remove-volume", name, () => driver.RemoveVolumeAsync(name, ct), ct);
        await gate.WriteAsync(scope.Held, scope.Cause, "volume.removed", w => ObjectLedger.MarkRemovedAsync(w, new OwnedObject("volume", name), ct), ct);
    }

    /// <summary>The template with its name and its secrets; wishes are stored without the bytes of secrets.</summary>
    public Task<InstanceSpec> SpecAsync(ServiceWish service, string name, CancellationToken ct) => content.Secrets.RevealAsync(service.Template with { Name = name }, ct);

    private Task RegisterAsync(StepScope scope, string kind, string name, CancellationToken ct) =>
        gate.WriteAsync(scope.Held, scope.Cause, $"{kind}.assigned", w => ObjectLedger.InsertAsync(w, scope.Env.AppId, scope.Env.Id, new OwnedObject(kind, name), ct), ct);

    private Task<T> DoAsync<T>(StepScope scope, string name, string subject, Func<Task<T>> act, CancellationToken ct) =>
        gate.DoAsync(scope.Held, new Effect(scope.Env.Id, scope.Deployment, name, subject), act, ct);

    private Task DoAsync(StepScope scope, string name, string subject, Func<Task> act, CancellationToken ct) =>
        gate.DoAsync(scope.Held, new Effect(scope.Env.Id, scope.Deployment, name, subject), act, ct);
}

/// <summary>What instances are given.</summary>
internal sealed record ContentParts(ContentStore Store, SecretReading Secrets);

/// <summary>What the edge compares: first which leader, then which deployment. It refuses whatever is older than what it has seen.</summary>
internal static class EdgeFence
{
    private const int NumberBits = 24;

    public static long Of(Lease leader, int deployment) => (leader.Fence << NumberBits) | (uint)(deployment & ((1 << NumberBits) - 1));
}
