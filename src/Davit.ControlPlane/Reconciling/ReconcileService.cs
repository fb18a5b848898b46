using System.Collections.Concurrent;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Leases;
using Davit.Model;
using Davit.Store;
using Davit.Store.Leases;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Reconciling;

/// <summary>
/// While this process leads, runs one worker per environment. A pass that fails is reported and tried again; it never ends a
/// worker or touches another. When the lease is lost all workers end before the next one is asked for.
/// </summary>
internal sealed partial class ReconcileService(
    LeaseKeeper leases, Leadership leadership, WorkerFactory workers, WorkSignals signals, ILogger<ReconcileService> log) : LastingService(workers.Clock, log)
{
    private static readonly TimeSpan LookForNew = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private Term? _term;

    /// <summary>An environment that was just made gets its worker now instead of at the next look.</summary>
    public void Mind(EnvId env) => Volatile.Read(ref _term)?.Mind(env, RunAsync);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LeadAsync(await leases.TakeAsync(Lease.Leader, stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                // The lease was lost and is asked for again.
            }
        }
    }

    /// <summary>Workers end between two steps; what they were doing goes on with the next leader.</summary>
    private async Task LeadAsync(Holding held, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, held.Lost);
        var term = new Term(held, ending.Token);
        Volatile.Write(ref _term, term);
        leadership.Gain(held);
        LogLeads(held.Lease.Holder, held.Lease.Fence);
        try
        {
            await LookAfterAllAsync(term);
        }
        finally
        {
            Volatile.Write(ref _term, null);
            leadership.Lose();
            await ending.CancelAsync();
            await term.EndedAsync();
            await workers.IdleAsync();
            await leases.ReleaseAsync(held);
        }
    }

    private async Task LookAfterAllAsync(Term term)
    {
        using var timer = new PeriodicTimer(LookForNew, workers.Clock);
        do
        {
            try
            {
                foreach (var env in await workers.Database.ReadAsync(db => EnvTable.AllAsync(db, term.Ending), term.Ending))
                {
                    term.Mind(env.Id, RunAsync);
                }
            }
            catch (ProblemException e)
            {
                LogProblem("all environments", e.Problem.Code, e.Problem.Detail);
            }
        }
        while (await timer.WaitForNextTickAsync(term.Ending));
    }

    private async Task RunAsync(EnvId id, Term term)
    {
        await Task.Yield();
        var worker = workers.Make(id, term.Held);
        var pause = TimeSpan.FromSeconds(1);
        while (!term.Ending.IsCancellationRequested)
        {
            var rest = pause;
            try
            {
                if (await worker.PassAsync(term.Ending) is not { } asked)
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
                await signals.WaitAsync(id, rest, term.Ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        term.Forget(id);
    }

    private static TimeSpan Longer(TimeSpan pause) => pause + pause < LongestPause ? pause + pause : LongestPause;

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "{Subject}: {Code} {Detail}")]
    private partial void LogProblem(string subject, string code, string detail);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "{Env}: the pass threw something nobody planned for")]
    private partial void LogBug(Exception e, EnvId env);

    [LoggerMessage(EventId = 2006, Level = LogLevel.Information, Message = "{Holder} leads, with fence {Fence}")]
    private partial void LogLeads(string holder, long fence);

    /// <summary>The time from gaining the lease to losing it, with its workers.</summary>
    private sealed class Term(Holding held, CancellationToken ending)
    {
        private readonly ConcurrentDictionary<EnvId, Task> _running = new();

        public Holding Held => held;

        public CancellationToken Ending => ending;

        public void Mind(EnvId env, Func<EnvId, Term, Task> run)
        {
            if (!ending.IsCancellationRequested)
                _ = _running.GetOrAdd(env, id => run(id, this));
        }

        public void Forget(EnvId env) => _running.TryRemove(env, out _);

        public Task EndedAsync() => Task.WhenAll(_running.Values);
    }
}

/// <summary>Makes workers; the parts they share are made once.</summary>
internal sealed class WorkerFactory(EffectGate gate, Observer observer, RolloutDriver rollouts, DeploymentJournal journal, TimeProvider clock)
{
    /// <summary>Returns when nothing that workers began beside their passes goes on any more.</summary>
    public Task IdleAsync() => rollouts.IdleAsync();

    public Database Database => gate.Database;

    public TimeProvider Clock => clock;

    public EnvironmentWorker Make(EnvId env, Holding held) => new(env, held, gate, observer, rollouts, journal);
}
