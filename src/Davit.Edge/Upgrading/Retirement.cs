using Davit.Edge.AccessLog;
using Davit.Edge.Control;
using Davit.Edge.Draining;
using Davit.Edge.Routing;
using Davit.Edge.Switching;
using Davit.Edge.Tcp;
using Davit.Model;

namespace Davit.Edge.Upgrading;

/// <summary>
/// The last part of a process whose successor serves: it accepts nothing, finishes its connections by the successor's table, and
/// tells it what still runs. Connections are not cut short: their next answer says that it is the last one.
/// </summary>
internal sealed class Retirement(Handover handover, RetirementParts parts, EdgeOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>A connection that was accepted last may not be counted yet.</summary>
    private const int QuietLooks = 3;

    private Task _running = Task.CompletedTask;

    public void Begin()
    {
        parts.Listeners.HandOver();
        parts.Ports.StopListening();
        if (parts.Log is { } log)
            log.Rotates = false;

        _running = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Done at once when there was no handover.</summary>
    public Task StoppedAsync() => _running;

    private async Task RunAsync()
    {
        using var successor = new EdgeControlClient(options.Control);
        var began = clock.GetTimestamp();
        for (var quiet = 0; quiet < QuietLooks && clock.GetElapsedTime(began) < options.RetireTime && !parts.Listeners.IsStopped; quiet = parts.Budget.Open is 0 ? quiet + 1 : 0)
        {
            await FollowAsync(successor);
        }

        await TellAsync(successor, isLast: true);
        handover.Retire();
    }

    private async Task FollowAsync(EdgeControlClient successor)
    {
        if (await TellAsync(successor, isLast: false) is not { } mark)
            await Task.Delay(Pause, clock, CancellationToken.None);
        else if (mark.Version > parts.Swap.Table.Current.Version)
            parts.Swap.Follow();
    }

    /// <returns>Null when the successor does not answer: it may be on its way back.</returns>
    private async Task<TableMark?> TellAsync(EdgeControlClient successor, bool isLast)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);
            var report = new PredecessorReport(Environment.ProcessId, parts.Swap.Table.Current.Version, parts.Budget.Open, [.. Loads()], isLast);
            return await successor.ReportAsync(report, limit.Token);
        }
        catch (Exception e) when (e is ProblemException or OperationCanceledException)
        {
            return null;
        }
    }

    private IEnumerable<TargetLoad> Loads() => TableCompiler.Targets(parts.Swap.Table.Current).Concat(parts.Drainer.Draining()).Distinct()
        .Where(t => t.InFlight > 0)
        .Select(t => new TargetLoad(t.Key.Environment, t.Key.Service, t.Release, t.Key.Instance, t.Key.Address, t.Key.Port, t.Key.Http2, t.InFlight));
}

/// <summary>What a retiring process works with.</summary>
internal sealed record RetirementParts(Listeners Listeners, TcpPorts Ports, TableSwap Swap, Drainer Drainer, ConnectionBudget Budget)
{
    public AccessLogFile? Log { get; init; }
}
