using Davit.ControlPlane.Releasing;
using Davit.Model;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Reconciling;

/// <summary>One release in the making, beside the environment's loop, which goes on looking after what serves.</summary>
internal sealed class DeploymentMaking : IMakingProgress, IDisposable
{
    private readonly EnvRow _env;
    private readonly ReleaseMaker _maker;
    private readonly DeploymentJournal _journal;
    private readonly CancellationTokenSource _cancel = new();
    private readonly SemaphoreSlim _turn = new(1);
    private DeploymentRow _row;

    public DeploymentMaking(DeploymentRow row, EnvRow env, ReleaseMaker maker, DeploymentJournal journal) =>
        (_row, _env, _maker, _journal) = (row, env, maker, journal);

    public DeploymentId Deployment => _row.Id;

    public Task Work { get; private set; } = Task.CompletedTask;

    public void Begin(Action whenOver, CancellationToken stopping)
    {
        var both = CancellationTokenSource.CreateLinkedTokenSource(_cancel.Token, stopping);
        Work = RunAsync(both, whenOver);
    }

    /// <summary>Stops the build and everything under it.</summary>
    public Task CancelAsync() => _cancel.CancelAsync();

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
            await _journal.CancelAsync(await _journal.ReloadAsync(_row, CancellationToken.None), CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The process stops; the next one makes the release again, finding what this one made.
        }
        catch (ProblemException e)
        {
            await _journal.FailAsync(_row, e.Problem, CancellationToken.None);
        }
        finally
        {
            both.Dispose();
            whenOver();
        }
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
}
