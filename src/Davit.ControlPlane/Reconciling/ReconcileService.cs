using System.Collections.Concurrent;
using Davit.ControlPlane.Logs;
using Davit.ControlPlane.Releasing;
using Davit.Drivers;
using Davit.Model;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Reconciling;

/// <summary>Runs one worker per environment. A pass that fails is reported and tried again; it never ends a worker or touches another.</summary>
internal sealed partial class ReconcileService(
    Database database, WorkerFactory workers, WorkSignals signals, LogCollector logs, TimeProvider clock, ILogger<ReconcileService> log) : BackgroundService
{
    private static readonly TimeSpan LookForNew = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<EnvId, Task> _running = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>An environment that was just made gets its worker now instead of at the next look.</summary>
    public void Mind(EnvId env) => _ = _running.GetOrAdd(env, id => RunAsync(id, _stopping.Token));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookForNew, clock);
        do
        {
            try
            {
                foreach (var env in await database.ReadAsync(db => EnvTable.AllAsync(db, stoppingToken), stoppingToken))
                {
                    if (!_running.ContainsKey(env.Id))
                        await FollowLogsAsync(env.Id, stoppingToken);
                    Mind(env.Id);
                }
            }
            catch (ProblemException e)
            {
                LogProblem("all environments", e.Problem.Code, e.Problem.Detail);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Workers end between two steps; what they were doing goes on after the next start.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_running.Values);
    }

    public override void Dispose()
    {
        _stopping.Dispose();
        base.Dispose();
    }

    private async Task RunAsync(EnvId id, CancellationToken ct)
    {
        await Task.Yield();
        using var worker = workers.Make(id);
        var pause = TimeSpan.FromSeconds(1);
        while (!ct.IsCancellationRequested)
        {
            var rest = pause;
            try
            {
                if (await worker.PassAsync(() => signals.Wake(id), ct) is not { } asked)
                    break;
                (rest, pause) = (asked, TimeSpan.FromSeconds(1));
            }
            catch (ProblemException e)
            {
                LogProblem(id.ToString(), e.Problem.Code, e.Problem.Detail);
                pause = Longer(pause);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogBug(e, id);
                pause = Longer(pause);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            if (rest > TimeSpan.Zero)
                await signals.WaitAsync(id, rest, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _running.TryRemove(id, out _);
    }

    /// <summary>Instances that ran before this process did are followed from the last line that was kept.</summary>
    private async Task FollowLogsAsync(EnvId env, CancellationToken ct)
    {
        foreach (var row in await database.ReadAsync(db => InstanceLedger.PresentAsync(db, env, ct), ct))
            logs.Follow(env, row.Id, row.Name);
    }

    private static TimeSpan Longer(TimeSpan pause) => pause + pause < LongestPause ? pause + pause : LongestPause;

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "{Subject}: {Code} {Detail}")]
    private partial void LogProblem(string subject, string code, string detail);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "{Env}: the pass threw something nobody planned for")]
    private partial void LogBug(Exception e, EnvId env);
}

/// <summary>Makes workers; the parts they share are made once.</summary>
internal sealed class WorkerFactory(Database database, Observer observer, RolloutDriver rollouts, MakingFactory makings, TimeProvider clock)
{
    public EnvironmentWorker Make(EnvId env) => new(env, database, observer, rollouts, makings, clock);
}

internal sealed class MakingFactory(ReleaseMaker maker, DeploymentJournal journal, ILogger<DeploymentMaking> log)
{
    public DeploymentMaking Make(DeploymentRow row, EnvRow env) => new(row, env, maker, journal, log);
}

/// <summary>Listens to the runtime so that workers look sooner. What it says is never believed, only looked up.</summary>
internal sealed partial class RuntimeWatch(IRuntimeDriver driver, Hosting.Installation installation, WorkSignals signals, TimeProvider clock, ILogger<RuntimeWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var _ in driver.EventsAsync(new OwnershipScope(installation.Id), stoppingToken))
                    signals.WakeAll();
            }
            catch (ProblemException e)
            {
                LogBlind(e.Problem.Code, e.Problem.Detail);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "the runtime cannot be watched now: {Code} {Detail}")]
    private partial void LogBlind(string code, string detail);
}
