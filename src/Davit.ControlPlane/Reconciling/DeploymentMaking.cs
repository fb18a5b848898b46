using Davit.ControlPlane.Releasing;
using Davit.Model;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Reconciling;

/// <summary>One release in the making, beside the environment's loop, which goes on looking after what serves.</summary>
internal sealed partial class DeploymentMaking : IMakingProgress, IDisposable
{
    private readonly EnvRow _env;
    private readonly ReleaseMaker _maker;
    private readonly DeploymentJournal _journal;
    private readonly CancellationTokenSource _cancel = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ILogger<DeploymentMaking> _log;
    private Problem? _tooSlow;
    private DeploymentRow _row;

    public DeploymentMaking(DeploymentRow row, EnvRow env, ReleaseMaker maker, DeploymentJournal journal, ILogger<DeploymentMaking> log) =>
        (_row, _env, _maker, _journal, _log) = (row, env, maker, journal, log);

    public DeploymentId Deployment => _row.Id;

    public Task Work { get; private set; } = Task.CompletedTask;

    public void Begin(Action whenOver, CancellationToken stopping)
    {
        var both = CancellationTokenSource.CreateLinkedTokenSource(_cancel.Token, stopping);
        Work = RunAsync(both, whenOver);
    }

    /// <summary>Stops the build and everything under it.</summary>
    public Task CancelAsync() => _cancel.CancelAsync();

    /// <summary>As <see cref="CancelAsync"/>, but the deployment fails with the reason given.</summary>
    public Task GiveUpAsync(Problem why)
    {
        _tooSlow = why;
        return _cancel.CancelAsync();
    }

    public void Dispose()
    {
        _cancel.Dispose();
        _turn.Dispose();
    }

    async Task IMakingProgress.PhaseAsync(Phase phase, string detail, CancellationToken ct) =>
        await ChangeAsync(r => _journal.EnterAsync(r, phase, detail, ct), ct);

    Task IMakingProgress.SkipAsync(Phase phase, string why, CancellationToken ct) =>
        ChangeAsync(r => Task.FromResult(DeploymentJournal.Skip(r, phase, why)), ct);

    async ValueTask IMakingProgress.LineAsync(Phase phase, string text, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            await _journal.LineAsync(_row, phase, text, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RunAsync(CancellationTokenSource both, Action whenOver)
    {
        await Task.Yield();
        try
        {
            var made = await _maker.MakeAsync(_row, _env, this, both.Token);
            await ChangeAsync(r => _journal.MadeAsync(r, made, both.Token), both.Token);
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            await EndAsync(row => _tooSlow is { } why ? _journal.FailAsync(row, why, CancellationToken.None) : _journal.CancelAsync(row, CancellationToken.None));
        }
        catch (OperationCanceledException)
        {
            // The process stops; the next one makes the release again, finding what this one made.
        }
        catch (ProblemException e) when (e.Problem.Code is DeploymentProblems.InterleavedCode)
        {
            // Somebody asked to cancel it or put another in its place: the next pass sees which.
        }
        catch (ProblemException e)
        {
            await EndAsync(row => _journal.FailAsync(row, e.Problem, CancellationToken.None));
        }
        catch (Exception e)
        {
            // Failing it keeps a defect from being met again and again, as fast as it can be.
            LogBug(e, _row.Id);
            await EndAsync(row => _journal.FailAsync(row, ApiProblems.Bug(row.RequestId), CancellationToken.None));
        }
        finally
        {
            both.Dispose();
            whenOver();
        }
    }

    /// <summary>Writes down the end unless somebody else already has.</summary>
    private async Task EndAsync(Func<DeploymentRow, Task> end)
    {
        var row = await _journal.ReloadAsync(_row, CancellationToken.None);
        if (!row.State.IsFinal)
            await end(row);
    }

    private async Task ChangeAsync(Func<DeploymentRow, Task<DeploymentRow>> change, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            _row = await change(_row);
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(EventId = 2005, Level = LogLevel.Error, Message = "making the release of {Deployment} threw something nobody planned for")]
    private partial void LogBug(Exception e, DeploymentId deployment);
}
