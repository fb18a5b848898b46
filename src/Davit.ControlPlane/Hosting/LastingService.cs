namespace Davit.ControlPlane.Hosting;

/// <summary>
/// A background service that what nobody planned for does not end: it is logged, and the service begins anew after a pause.
/// Otherwise one defect in one of them would take the whole server down.
/// </summary>
internal abstract partial class LastingService(TimeProvider clock, ILogger log) : BackgroundService
{
    private static readonly TimeSpan BeforeAnew = TimeSpan.FromSeconds(1);

    protected TimeProvider Clock => clock;

    /// <summary>Runs until it has nothing more to do or the server stops. Called again after an exception.</summary>
    protected abstract Task RunAsync(CancellationToken stopping);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
                return;
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogBug(e, GetType().Name);
            }

            await Task.Delay(BeforeAnew, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "{Service} threw something nobody planned for and begins anew")]
    private partial void LogBug(Exception e, string service);
}
