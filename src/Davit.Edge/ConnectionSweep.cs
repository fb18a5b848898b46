using Davit.Edge.Draining;
using Davit.Edge.Routing;

namespace Davit.Edge;

/// <summary>Looks four times a second for exchanges whose time is over. One look for all costs less than a timer for each.</summary>
internal sealed class ConnectionSweep(RouteTable table, Drainer drainer, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async Task RunAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                foreach (var target in TableCompiler.Targets(table.Current).Concat(drainer.Draining()))
                    target.Pool.Sweep();
            }
        }
        catch (OperationCanceledException)
        {
            // The edge stops.
        }
    }
}
