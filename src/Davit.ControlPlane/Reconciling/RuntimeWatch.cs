using Davit.ControlPlane.Hosting;
using Davit.Drivers;
using Davit.Model;

namespace Davit.ControlPlane.Reconciling;

/// <summary>Listens to the runtime so that workers look sooner. What it says is never believed, only looked up.</summary>
internal sealed partial class RuntimeWatch(IRuntimeDriver driver, Installation installation, WorkSignals signals, TimeProvider clock, ILogger<RuntimeWatch> log) : LastingService(clock, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task RunAsync(CancellationToken stoppingToken)
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

            await Task.Delay(Pause, Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "the runtime cannot be watched now: {Code} {Detail}")]
    private partial void LogBlind(string code, string detail);
}
