using Davit.ControlPlane.Access;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Reconciling;
using Davit.Model;
using Davit.Store;
using Davit.Store.Events;
using Davit.Store.Releasing;
using Npgsql;

namespace Davit.ControlPlane.Events;

/// <summary>Tells waiting readers that something was committed. They look for themselves what it was.</summary>
internal sealed class EventSignals(TimeProvider clock) : Broadcast(clock);

/// <summary>Hears PostgreSQL's notifications and wakes readers and workers. After a cut it wakes everybody: something may have been missed.</summary>
internal sealed partial class NotificationListener(Database database, Heard heard, ReconcileService reconciler, TimeProvider clock, ILogger<NotificationListener> log) : LastingService(clock, log)
{
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                LogDeaf(e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        connection.Notification += (_, notice) =>
        {
            if (notice.Channel is EventLog.Channel)
                heard.Events.Raise();
            else if (notice.Channel is AccessSignals.Channel)
                heard.Access.Raise();
            else if (Id.TryParse<EnvId>(notice.Payload, out var env))
                Wake(env);
        };
        await using (var listen = new NpgsqlCommand($"listen {EventLog.Channel}; listen {DeploymentTable.Channel}; listen {AccessSignals.Channel}", connection))
            await listen.ExecuteNonQueryAsync(ct);

        heard.Events.Raise();
        heard.Access.Raise();
        heard.Work.WakeAll();
        while (!ct.IsCancellationRequested)
            await connection.WaitAsync(ct);
    }

    private void Wake(EnvId env)
    {
        reconciler.Mind(env);
        heard.Work.Wake(env);
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "notifications are not heard now, readers poll: {Why}")]
    private partial void LogDeaf(string why);
}

/// <summary>Whoever is woken by what is heard.</summary>
internal sealed record Heard(EventSignals Events, AccessSignals Access, WorkSignals Work);
