using System.Collections.Immutable;
using Davit.Edge.Control;
using Davit.Edge.Routing;

namespace Davit.Edge.Probing;

/// <summary>Probes new targets until all are ready or the deadline has passed: at once, then after 50 ms, doubling to 500 ms.</summary>
internal sealed class Readiness(Prober prober, TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    public async Task<ImmutableArray<TargetProbes>> WaitAsync(IEnumerable<(Target Target, ProbeSpec Probe)> targets, TimeSpan deadline, CancellationToken ct) =>
        [.. await Task.WhenAll(targets.Select(t => WaitForAsync(t.Target, t.Probe, deadline, ct)))];

    private async Task<TargetProbes> WaitForAsync(Target target, ProbeSpec spec, TimeSpan deadline, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var pause = FirstPause;
        var good = 0;
        while (true)
        {
            var left = deadline - clock.GetElapsedTime(began);
            var attempt = await prober.ProbeAsync(target, spec, left < spec.Timeout && left > TimeSpan.Zero ? left : spec.Timeout, ct);
            target.Record(attempt);
            good = attempt.Result is ProbeResult.Ready ? good + 1 : 0;
            if (good >= spec.Successes)
                return Of(target, ready: true);

            if (clock.GetElapsedTime(began) + pause >= deadline)
                return Of(target, ready: false);

            await Task.Delay(pause, clock, ct);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static TargetProbes Of(Target target, bool ready) =>
        new(target.Key.Service, target.Key.Instance, target.Endpoint.ToString(), ready, target.Ring);
}
