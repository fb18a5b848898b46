using Davit.ControlPlane.Hosting;
using Davit.Model;

namespace Davit.ControlPlane.Volumes;

/// <summary>Tries the place for backups when davitd starts and again and again, so that one that cannot be used is told before a backup fails for it.</summary>
internal sealed partial class TargetWatch(IBackupTarget target, TimeProvider clock, ILogger<TargetWatch> log) : LastingService(clock, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    /// <summary>Why it could not be used when it was tried last.</summary>
    public Problem? Problem { get; private set; }

    /// <exception cref="ProblemException">It cannot be used.</exception>
    public async Task TryAsync(CancellationToken ct)
    {
        try
        {
            await target.TryAsync(ct);
            Problem = null;
        }
        catch (ProblemException e)
        {
            Problem = e.Problem;
            throw;
        }
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        while (target is not NoTarget)
        {
            var before = Problem;
            try
            {
                await TryAsync(stopping);
                if (before is not null)
                    LogAgain(target.Text);
            }
            catch (ProblemException e)
            {
                if (e.Problem != before)
                    LogFails(e.Problem.Code, e.Problem.Detail);
            }

            await Task.Delay(Problem is null ? Pause : PauseAfterFailure, Clock, stopping);
        }
    }

    [LoggerMessage(EventId = 6005, Level = LogLevel.Warning, Message = "the place for backups cannot be used: {Code} {Detail}")]
    private partial void LogFails(string code, string detail);

    [LoggerMessage(EventId = 6006, Level = LogLevel.Information, Message = "the place for backups can be used again: {Target}")]
    private partial void LogAgain(string target);
}
