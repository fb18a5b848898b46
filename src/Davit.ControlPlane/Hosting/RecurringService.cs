using Davit.Model;

namespace Davit.ControlPlane.Hosting;

/// <summary>Does something when the server starts and then again and again. Without its database davitd has other worries: then the next turn will do.</summary>
internal abstract class RecurringService(TimeSpan pause, TimeProvider clock, ILogger log) : LastingService(clock, log)
{
    protected abstract Task TurnAsync(CancellationToken ct);

    protected sealed override async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(pause, Clock);
        do
        {
            try
            {
                await TurnAsync(stopping);
            }
            catch (ProblemException)
            {
                // The next turn does what this one could not.
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }
}
