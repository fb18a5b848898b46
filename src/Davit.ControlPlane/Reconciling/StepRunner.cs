using Davit.ControlPlane.Content;
using Davit.ControlPlane.Edges;
using Davit.ControlPlane.Logs;
using Davit.Drivers;
using Davit.Edge.Control;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Reconciling;

/// <summary>On whose behalf steps are taken.</summary>
/// <param name="Deployment">The deployment whose wish it is; its id and fence mark everything done for it.</param>
internal sealed record StepScope(EnvRow Env, Wish Wish, DeploymentId Deployment, long Fence, Cause Cause)
{
    /// <summary>The instant of the look that the steps were decided on.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>Does one step. Nothing is chosen here; each method says why doing it again is harmless.</summary>
internal sealed class StepRunner(IRuntimeDriver driver, EdgeControlClient edge, EdgeSlices slices, Database database, ContentStore content, LogCollector logs)
{
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(5);

    /// <summary>The ledger row comes first, so a network that exists is always known; the driver finds it by name.</summary>
    public async Task EnsureNetworkAsync(StepScope scope, string name, CancellationToken ct)
    {
        await RegisterAsync(scope, "network", name, ct);
        await driver.EnsureNetworkAsync(scope.Wish.Networks.First(n => n.Name == name), ct);
    }

    /// <summary>As with networks; the driver never touches the data of a volume that exists.</summary>
    public async Task EnsureVolumeAsync(StepScope scope, string name, CancellationToken ct)
    {
        await RegisterAsync(scope, "volume", name, ct);
        await driver.EnsureVolumeAsync(scope.Wish.Volumes.First(v => v.Name == name), ct);
    }

    /// <summary>The planner chose the name, the ledger holds it once, and the driver adopts an instance of that name.</summary>
    public async Task StartAsync(StepScope scope, Step.Start step, InstanceId fresh, CancellationToken ct)
    {
        var service = scope.Wish.Find(step.Service)!;
        var known = await database.ReadAsync(db => InstanceLedger.FindAsync(db, scope.Env.Id, step.Instance, ct), ct);
        var id = known?.Id ?? fresh;
        if (known is null)
            await database.WriteAsync(scope.Cause, w => InstanceLedger.InsertAsync(w, new InstanceRow
            {
                Id = id, OrgId = scope.Env.OrgId, EnvId = scope.Env.Id, DeploymentId = scope.Deployment, ReleaseId = scope.Wish.Release,
                Service = step.Service, Name = step.Instance, Ordinal = step.Ordinal, SpecHash = service.SpecHash, CreatedAt = w.At,
            }, ct), ct);

        await driver.CreateInstanceAsync(Spec(service, step.Instance) with
        {
            Owner = service.Template.Owner with { Release = scope.Wish.Release, Deployment = scope.Deployment, Instance = id },
        }, ct);
        await driver.StartInstanceAsync(step.Instance, ct);
        logs.Follow(scope.Env.Id, id, step.Instance);
    }

    public async Task ReviveAsync(StepScope scope, string name, CancellationToken ct)
    {
        var sight = await driver.StartInstanceAsync(name, ct);
        if (sight.Owner.Instance is { } id)
            logs.Follow(scope.Env.Id, id, name);
    }

    public Task StopAsync(string name, CancellationToken ct) => driver.StopInstanceAsync(name, null, ct);

    /// <summary>Stopping and removing what is gone already is fine; its last lines are kept before it goes.</summary>
    public async Task RetireAsync(StepScope scope, string name, CancellationToken ct)
    {
        await driver.StopInstanceAsync(name, null, ct);
        await logs.FinishAsync(name, LogPatience);
        await driver.RemoveInstanceAsync(name, ct);
        if (await database.ReadAsync(db => InstanceLedger.FindAsync(db, scope.Env.Id, name, ct), ct) is { RemovedAt: null } row)
            await database.WriteAsync(scope.Cause, w => InstanceLedger.MarkRemovedAsync(w, row, "nothing wants it any more", ct), ct);
    }

    /// <summary>
    /// Each attempt has an id of its own, because the edge gives the same answer to the same id; an attempt that was made and
    /// whose answer was lost is recognised by the slice in force. An empty slice takes the environment out of the table.
    /// </summary>
    public Task<SwitchOutcome> SwitchAsync(StepScope scope, Slice slice, TimeSpan patience, CancellationToken ct)
    {
        var id = SwitchId.Of(scope.Deployment, scope.At, slice);
        return slice.Routes.Count is 0
            ? edge.RemoveAsync(scope.Env.Id.ToString(), id, scope.Fence, ct)
            : edge.SwitchAsync(new SwitchRequest(id, scope.Fence, slices.Of(scope.Env.Id, slice), patience), ct);
    }

    public async Task RemoveNetworkAsync(StepScope scope, string name, CancellationToken ct)
    {
        await driver.RemoveNetworkAsync(name, ct);
        await database.WriteAsync(scope.Cause, w => ObjectLedger.MarkRemovedAsync(w, new OwnedObject("network", name), ct), ct);
    }

    public async Task RemoveVolumeAsync(StepScope scope, string name, CancellationToken ct)
    {
        await driver.RemoveVolumeAsync(name, ct);
        await database.WriteAsync(scope.Cause, w => ObjectLedger.MarkRemovedAsync(w, new OwnedObject("volume", name), ct), ct);
    }

    /// <summary>The template with its name and its secrets; wishes are stored without the bytes of secrets.</summary>
    public InstanceSpec Spec(ServiceWish service, string name) => service.Template with
    {
        Name = name,
        Files = [.. service.Template.Files.Select(f => f.Content is FileContent.Secret secret ? f with { Content = secret with { Bytes = [.. content.ReadBlob(secret.Version)] } } : f)],
    };

    private Task RegisterAsync(StepScope scope, string kind, string name, CancellationToken ct) =>
        database.WriteAsync(scope.Cause, w => ObjectLedger.InsertAsync(w, scope.Env.AppId, scope.Env.Id, new OwnedObject(kind, name), ct), ct);
}
