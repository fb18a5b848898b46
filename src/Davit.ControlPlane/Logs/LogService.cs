using System.Collections.Concurrent;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Leases;
using Davit.ControlPlane.Reconciling;
using Davit.Model;
using Davit.Store.Leases;
using Davit.Store.Ledger;

namespace Davit.ControlPlane.Logs;

/// <summary>
/// Follows the output of instances. Every replica takes from the common line what nobody follows, so the work is shared by all of
/// them, and under a lease, because two that write one file would mix their lines.
/// </summary>
internal sealed partial class LogService(LeaseKeeper leases, LogCollector collector, WorkSignals signals, TimeProvider clock, ILogger<LogService> log) : LastingService(clock, log)
{
    /// <summary>At one look, so that others find something too.</summary>
    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<InstanceId, Task> _following = new();

    protected override async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var taken = 0;
            try
            {
                foreach (var (row, held) in await leases.TakeOutputsAsync(AtOnce, stopping))
                {
                    taken++;
                    _following[row.Id] = FollowAsync(row, held, stopping);
                }
            }
            catch (ProblemException e)
            {
                LogProblem(e.Problem.Code, e.Problem.Detail);
            }

            if (taken < AtOnce)
                await signals.WaitForOutputAsync(Lease.RenewedEvery, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_following.Values);
    }

    private async Task FollowAsync(InstanceRow row, Holding held, CancellationToken stopping)
    {
        await Task.Yield();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stopping, held.Lost);
        try
        {
            await collector.FollowAsync(row.EnvId, row.Id, row.Name, both.Token);
        }
        catch (OperationCanceledException)
        {
        }
        catch (ProblemException e)
        {
            LogProblem(e.Problem.Code, e.Problem.Detail);
        }
        catch (Exception e)
        {
            LogBug(e, row.Name);
        }

        await leases.ReleaseAsync(held);
        _following.TryRemove(row.Id, out _);
    }

    [LoggerMessage(EventId = 6007, Level = LogLevel.Warning, Message = "outputs cannot be followed now: {Code} {Detail}")]
    private partial void LogProblem(string code, string detail);

    [LoggerMessage(EventId = 6008, Level = LogLevel.Error, Message = "following {Name} threw something nobody planned for")]
    private partial void LogBug(Exception e, string name);
}
