using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Leases;
using Davit.Model;

namespace Davit.ControlPlane.Volumes;

/// <summary>While this process leads: does the work on volumes that was asked for, one after the other, and asks for what is due.</summary>
internal sealed partial class VolumeService(Leadership leadership, VolumeTurns turns, TimeProvider clock, ILogger<VolumeService> log) : LastingService(clock, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenSchedules = TimeSpan.FromSeconds(15);

    private DateTimeOffset _scheduled = DateTimeOffset.MinValue;

    protected override async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await leadership.LedAsync(stopping);
            if (leadership.Held is not { } held)
                continue;
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, held.Lost);
            try
            {
                await LookAsync(held, ending.Token);
                await Task.Delay(Pause, Clock, ending.Token);
            }
            catch (ProblemException e)
            {
                LogProblem(e.Problem.Code, e.Problem.Detail);
                await Task.Delay(Pause, Clock, stopping);
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                // The lease was lost; whoever leads now goes on.
            }
        }
    }

    private async Task LookAsync(Holding held, CancellationToken ct)
    {
        var work = await turns.WorkAsync(held, ct);
        if (!work.Did && Clock.GetUtcNow() - _scheduled < BetweenSchedules)
            return;
        _scheduled = Clock.GetUtcNow();
        if (!work.IsOpen)
            await turns.SweepAsync(held, ct);
        await turns.ScheduleAsync(held, ct);
    }

    [LoggerMessage(EventId = 6004, Level = LogLevel.Warning, Message = "work on volumes cannot go on now: {Code} {Detail}")]
    private partial void LogProblem(string code, string detail);
}
