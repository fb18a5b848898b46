using Davit.ControlPlane.Hosting;
using Davit.Model;
using Davit.Store;

namespace Davit.ControlPlane.Audit;

/// <summary>Signs checkpoints as they fall due, closes windows of denials, and once a night applies what orgs say about retention.</summary>
internal sealed partial class AuditUpkeep(Checkpoints checkpoints, AuditRetention retention, DenialFolding denials, Database database, TimeProvider clock, ILogger<AuditUpkeep> log) : LastingService(clock, log)
{
    // Any number, the same in every davitd.
    private const long TurnKey = 0x44_56_41_55;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Night = TimeSpan.FromHours(24);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, Clock);
        var lastNight = Clock.GetUtcNow() - Night + TimeSpan.FromMinutes(10);
        while (await NextAsync(timer, stoppingToken))
        {
            try
            {
                await denials.FlushAsync(Clock.GetUtcNow(), stoppingToken);
                await checkpoints.SignDueAsync(Checkpoints.Rhythm, stoppingToken);
                if (Clock.GetUtcNow() - lastNight < Night)
                    continue;
                lastNight = Clock.GetUtcNow();
                await using var turn = await AdvisoryTurn.TakeAsync(database, TurnKey, stoppingToken);
                if (turn is not null)
                    await retention.RunAsync(stoppingToken);
            }
            catch (ProblemException e)
            {
                LogProblem(e.Problem.Code, e.Problem.Detail);
            }
        }

        await denials.FlushAsync(DateTimeOffset.MaxValue, CancellationToken.None);
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(EventId = 7901, Level = LogLevel.Warning, Message = "the audit log could not be looked after: {Code} {Detail}")]
    private partial void LogProblem(string code, string detail);
}
