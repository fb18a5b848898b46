using Davit.ControlPlane.Leases;
using Davit.ControlPlane.Releasing;
using Davit.Model;
using Davit.Store;
using Davit.Store.Leases;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Reconciling;

/// <summary>One release in the making, in whichever replica has taken it; the leader goes on looking after what serves.</summary>
internal sealed partial class DeploymentMaking : IMakingProgress, IDisposable
{
    private readonly EnvRow _env;
    private readonly ReleaseMaker _maker;
    private readonly DeploymentJournal _journal;
    private readonly EffectGate _gate;
    private readonly Holding _held;
    private readonly CancellationTokenSource _cancel = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ILogger<DeploymentMaking> _log;
    private Problem? _tooSlow;
    private DeploymentRow _row;

    public DeploymentMaking(DeploymentRow row, EnvRow env, Holding held, MakingParts parts) =>
        (_row, _env, _held, _maker, _journal, _gate, _log) = (row, env, held, parts.Maker, parts.Journal, parts.Gate, parts.Log);

    public EnvRow Env => _env;

    public DeploymentId Deployment => _row.Id;

    public Task Work { get; private set; } = Task.CompletedTask;

    public void Begin(Func<DeploymentMaking, Task> whenOver, CancellationToken stopping)
    {
        var any = CancellationTokenSource.CreateLinkedTokenSource(_cancel.Token, stopping, _held.Lost);
        Work = RunAsync(any, whenOver);
    }

    public Holding Held => _held;

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
        await ChangeAsync(r => _journal.EnterAsync(_held, r, phase, detail, ct), ct);

    Task<T> IMakingProgress.DoAsync<T>(string name, string subject, Func<Task<T>> act, CancellationToken ct) =>
        _gate.DoAsync(_held, new Effect(_env.Id, _row.Id, name, subject), act, ct);

    Task<T> IMakingProgress.WriteAsync<T>(string name, Func<Writing, Task<T>> work, CancellationToken ct) =>
        _gate.WriteAsync(_held, DeploymentJournal.CauseOf(_row), name, work, ct);

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

    private async Task RunAsync(CancellationTokenSource any, Func<DeploymentMaking, Task> whenOver)
    {
        await Task.Yield();
        try
        {
            var made = await _maker.MakeAsync(_row, _env, this, any.Token);
            await ChangeAsync(r => _journal.MadeAsync(_held, r, made, any.Token), any.Token);
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            await EndAsync(row => _tooSlow is { } why ? _journal.FailAsync(_held, row, why, CancellationToken.None) : _journal.CancelAsync(_held, row, CancellationToken.None));
        }
        catch (OperationCanceledException)
        {
            // The process stops or has lost the lease; the next one makes the release again, finding what this one made.
        }
        catch (ProblemException e) when (e.Problem.Code is DeploymentProblems.InterleavedCode or StoreProblems.LeaseEndedCode)
        {
            // Somebody asked to cancel it, put another in its place or makes it now: the next look sees which.
        }
        catch (ProblemException e) when (e.Problem.Code is StoreProblems.UnreachableCode)
        {
            // Without a database nothing can be written down either: the lease ends, and whoever takes it next makes it again.
        }
        catch (ProblemException e)
        {
            await EndAsync(row => _journal.FailAsync(_held, row, e.Problem, CancellationToken.None));
        }
        catch (Exception e)
        {
            // Failing it keeps a defect from being met again and again, as fast as it can be.
            LogBug(e, _row.Id);
            await EndAsync(row => _journal.FailAsync(_held, row, ApiProblems.Bug(row.RequestId), CancellationToken.None));
        }
        finally
        {
            any.Dispose();
            await whenOver(this);
        }
    }

    /// <summary>Writes down the end unless somebody else already has.</summary>
    private async Task EndAsync(Func<DeploymentRow, Task> end)
    {
        try
        {
            var row = await _journal.ReloadAsync(_row, CancellationToken.None);
            if (!row.State.IsFinal)
                await end(row);
        }
        catch (ProblemException e) when (e.Problem.Of.IsRetryable)
        {
            // Whoever takes it next meets the same and writes it down.
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

    [LoggerMessage(EventId = 2005, Level = LogLevel.Error, Message = "making the release of {Deployment} threw something nobody planned for")]
    private partial void LogBug(Exception e, DeploymentId deployment);
}

internal sealed record MakingParts(ReleaseMaker Maker, DeploymentJournal Journal, EffectGate Gate, ILogger<DeploymentMaking> Log);
