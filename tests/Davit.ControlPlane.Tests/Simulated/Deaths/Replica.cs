using Davit.ControlPlane.Access;
using Davit.ControlPlane.Deployments;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Leases;
using Davit.ControlPlane.Reconciling;
using Davit.ControlPlane.Volumes;
using Davit.Drivers;
using Davit.Model;
using Davit.Store.Leases;
using Davit.Store.Resources;
using Davit.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Davit.ControlPlane.Tests.Simulated.Deaths;

/// <summary>
/// A davitd of which every turn is taken by the test: the product's own parts, put together as the product does, without the
/// API's sockets and without loops of their own.
/// </summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly ServiceProvider _parts;
    private readonly LeaseKeeper _leases;
    private readonly Dictionary<EnvId, EnvironmentWorker> _workers = [];
    private readonly CancellationTokenSource _stopping = new();
    private Holding? _held;

    private Replica(ServiceProvider parts) => (_parts, _leases) = (parts, parts.GetRequiredService<LeaseKeeper>());

    public static async Task<Replica> StartAsync(Stage stage, Executioner executioner)
    {
        var services = new ServiceCollection();
        services.AddLogging(l => l.ClearProviders());
        ServerHost.AddParts(services, stage.Options);
        services.AddSingleton(stage.Options).AddSingleton(stage.Database).AddSingleton(stage.Installation).AddSingleton<IRuntimeDriver>(stage.Driver);
        services.AddSingleton<TimeProvider>(stage.Clock).AddSingleton<IEffectWitness>(executioner);
        var replica = new Replica(services.BuildServiceProvider());
        await replica._leases.StartAsync(CancellationToken.None);
        return replica;
    }

    public T Part<T>() where T : notnull => _parts.GetRequiredService<T>();

    public Task AcceptAsync(EnvRow env, DeployRequest request, Caller caller, CancellationToken ct) => Part<DeploymentIntake>().AcceptAsync(env, request, caller, ct);

    /// <summary>Makes every release that is waiting, then lets the worker of the environment take one turn.</summary>
    /// <returns>Whether something moved or is expected to.</returns>
    /// <exception cref="DiedException">The process died.</exception>
    public async Task<bool> TurnAsync(EnvId env, CancellationToken ct)
    {
        if (_held is not { Lost.IsCancellationRequested: false })
        {
            _workers.Clear();
            _held = await _leases.TakeAsync(Lease.Leader, ct);
        }

        var moved = false;
        while (await _leases.TakeMakingAsync(ct) is var (row, held))
        {
            moved = true;
            var place = await _parts.GetRequiredService<Store.Database>().ReadAsync(db => EnvTable.GetAsync(db, row.EnvId, ct), ct);
            using var making = new DeploymentMaking(row, place!, held, Part<MakingParts>());
            making.Begin(m => _leases.ReleaseAsync(m.Held), _stopping.Token);
            if (row.CancelBy is not null)
                await making.CancelAsync();
            await making.Work;
        }

        if (!_workers.TryGetValue(env, out var worker))
            _workers[env] = worker = Part<WorkerFactory>().Make(env, _held);
        var rest = await worker.PassAsync(_stopping.Token);
        var work = await Part<VolumeTurns>().WorkAsync(_held, _stopping.Token);
        return moved || work.IsOpen || (rest is { } pause && pause < TimeSpan.FromSeconds(30));
    }

    /// <summary>What volumes need besides the work that was asked for.</summary>
    public async Task ScheduleAsync(CancellationToken ct)
    {
        await Part<VolumeTurns>().SweepAsync(_held!, ct);
        await Part<VolumeTurns>().ScheduleAsync(_held!, ct);
    }

    /// <summary>Returns when nothing goes on beside the turns.</summary>
    public Task IdleAsync() => Part<WorkerFactory>().IdleAsync();

    /// <summary>The session with the database ends, and with it every lease; nothing is given back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _leases.StopAsync(CancellationToken.None);
        await _parts.DisposeAsync();
        _stopping.Dispose();
    }
}
