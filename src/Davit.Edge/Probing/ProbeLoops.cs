using System.Collections.Concurrent;
using Davit.Edge.Control;
using Davit.Edge.Routing;

namespace Davit.Edge.Probing;

/// <summary>Goes on asking every target of the table, single ones too, and takes it out and in as the spec says.</summary>
internal sealed class ProbeLoops(Prober prober, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Target, Task> _loops = [];

    /// <summary>Starts loops for the targets that have none. Loops end with their targets. Called by the one writer of the table.</summary>
    public void Cover(IEnumerable<Target> targets)
    {
        foreach (var target in targets)
        {
            if (target.Probe.Kind is not ProbeKind.None && !target.IsDraining && !_loops.ContainsKey(target))
                _loops[target] = RunAsync(target, target.Ended);
        }
    }

    public Task StoppedAsync() => Task.WhenAll(_loops.Values);

    private async Task RunAsync(Target target, CancellationToken ct)
    {
        try
        {
            // A target that was read from disk is asked at once, one that a switch has just proven after a pause.
            if (target.Health is not TargetHealth.Unverified)
                await Task.Delay(target.Probe.Interval, clock, ct);

            var (good, bad) = (0, 0);
            while (target.Health is not TargetHealth.Gone)
            {
                var attempt = await prober.ProbeAsync(target, target.Probe, target.Probe.Timeout, ct);
                target.Record(attempt);
                (good, bad) = attempt.Result is ProbeResult.Ready ? (good + 1, 0) : (0, bad + 1);
                Judge(target, good, bad);
                await Task.Delay(target.Probe.Interval, clock, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The target has left the table.
        }
        finally
        {
            _loops.TryRemove(target, out _);
        }
    }

    private static void Judge(Target target, int good, int bad)
    {
        if (good >= target.Probe.Successes)
            target.Judge(TargetHealth.Ready);
        else if (bad >= target.Probe.Failures)
            target.Judge(TargetHealth.Sick);
    }
}
