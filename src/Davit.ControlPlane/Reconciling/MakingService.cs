using System.Collections.Concurrent;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Leases;
using Davit.Model;
using Davit.Store;
using Davit.Store.Leases;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Reconciling;

/// <summary>Makes releases. Every replica takes from the common line what nobody makes, so builds are shared by all of them.</summary>
internal sealed partial class MakingService(LeaseKeeper leases, MakingParts parts, WorkSignals signals, TimeProvider clock, ILogger<MakingService> log) : LastingService(clock, log)
{
    /// <summary>What ended its process so often is not tried again.</summary>
    private const int MostTakings = 3;

    private static readonly int AtOnce = Math.Max(2, Environment.ProcessorCount);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Notifications say that there is work; this only finds what a dead replica left behind.</summary>
    private static readonly TimeSpan Lazy = Lease.RenewedEvery;

    // Only the loop adds, asks to stop and disposes; a making that is over is handed back to it.
    private readonly List<DeploymentMaking> _running = [];
    private readonly ConcurrentQueue<DeploymentMaking> _over = new();
    private readonly Database _database = parts.Gate.Database;

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                ClearAway();
                foreach (var making in _running)
                    await WatchAsync(making, stoppingToken);
                while (_running.Count < AtOnce && await leases.TakeMakingAsync(stoppingToken) is var (row, held))
                    await BeginAsync(row, held, stoppingToken);
            }
            catch (ProblemException e)
            {
                LogProblem(e.Problem.Code, e.Problem.Detail);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }

            await signals.WaitForMakingAsync(_running.Count is 0 ? Lazy : Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_running.Select(m => m.Work));
        ClearAway();
    }

    private void ClearAway()
    {
        while (_over.TryDequeue(out var making))
        {
            _running.Remove(making);
            making.Dispose();
        }
    }

    private async Task BeginAsync(DeploymentRow row, Holding held, CancellationToken ct)
    {
        var env = await _database.ReadAsync(db => EnvTable.GetAsync(db, row.EnvId, ct), ct);
        if (env is null || held.Lease.Takings > MostTakings)
        {
            if (env is not null)
                await parts.Journal.FailAsync(held, row, DeploymentProblems.MakerEnded(MostTakings), ct);
            await leases.ReleaseAsync(held);
            return;
        }

        var making = new DeploymentMaking(row, env, held, parts);
        _running.Add(making);
        making.Begin(EndedAsync, ct);
        if (row.CancelBy is not null)
            await making.CancelAsync();
    }

    private async Task EndedAsync(DeploymentMaking making)
    {
        await leases.ReleaseAsync(making.Held);
        _over.Enqueue(making);
        signals.Wake(making.Env.Id);
    }

    /// <summary>Others may have cancelled it, deleted its environment or ended it; and no phase lasts longer than its deadline.</summary>
    private async Task WatchAsync(DeploymentMaking making, CancellationToken ct)
    {
        var row = await _database.ReadAsync(db => DeploymentTable.GetAsync(db, making.Deployment, ct), ct);
        var env = await _database.ReadAsync(db => EnvTable.GetAsync(db, making.Env.Id, ct), ct);
        if (row is null || row.State.IsFinal || row.CancelBy is not null || env is null or { Deleting: true })
            await making.CancelAsync();
        else if (PhaseLog.Overdue(row.Phases, Clock.GetUtcNow()) is { } late)
            await making.GiveUpAsync(DeploymentProblems.PhaseTooSlow(late.Phase, late.Deadline!.Value - late.StartedAt!.Value));
    }

    [LoggerMessage(EventId = 2007, Level = LogLevel.Warning, Message = "releases cannot be made now: {Code} {Detail}")]
    private partial void LogProblem(string code, string detail);
}
