using System.Collections.Immutable;
using Davit.Model;
using Davit.Planning.Rollouts;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Reconciling;

/// <summary>
/// Looks after one environment: observe, decide, apply, and look again. A deployment whose release is made has the turn;
/// otherwise what serves is kept as it was wished.
/// </summary>
internal sealed class EnvironmentWorker(EnvId id, Database database, Observer observer, RolloutDriver rollouts, MakingFactory makings, TimeProvider clock)
    : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WhileMoving = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FullPass = TimeSpan.FromSeconds(30);

    private DeploymentMaking? _making;

    /// <returns>How long to rest unless woken; null when the environment is gone.</returns>
    public async Task<TimeSpan?> PassAsync(Action wake, CancellationToken ct)
    {
        var env = await database.ReadAsync(db => EnvTable.GetAsync(db, id, ct), ct);
        if (env is null)
            return null;
        if (env.Deleting)
            return await EmptyAsync(env, ct) ? null : WhileMoving;

        var waiting = await database.ReadAsync(db => DeploymentTable.UnfinishedAsync(db, id, ct), ct);
        if (_making is { Work.IsCompleted: false } other && waiting.All(w => w.Id != other.Deployment))
            await other.CancelAsync();
        if (waiting is [var first, ..])
        {
            if (first.Wish is null)
                await MakeAsync(first, env, wake, ct);
            else if (await rollouts.AdvanceAsync(first, env, await LookAsync(env, first.ReleaseId, ct), ct) is { } rest)
                return rest is Pace.AtOnce ? TimeSpan.Zero : Soon;
            else
                return TimeSpan.Zero;
        }

        return await KeepAsync(env, ct) ? WhileMoving : FullPass;
    }

    public void Dispose() => _making?.Dispose();

    private async Task MakeAsync(DeploymentRow row, EnvRow env, Action wake, CancellationToken ct)
    {
        if (_making is { Work.IsCompleted: false } busy)
        {
            // Whoever is still stopping is waited for: its end wakes this worker.
            if (busy.Deployment != row.Id)
                return;
            if (row.CancelBy is not null)
                await busy.CancelAsync();
            else if (PhaseLog.Overdue(row.Phases, clock.GetUtcNow()) is { } late)
                await busy.GiveUpAsync(DeploymentProblems.PhaseTooSlow(late.Phase, late.Deadline!.Value - late.StartedAt!.Value));
            return;
        }

        _making?.Dispose();
        _making = makings.Make(row, env);
        _making.Begin(wake, ct);
        if (row.CancelBy is not null)
            await _making.CancelAsync();
    }

    /// <returns>Whether something still moves.</returns>
    private async Task<bool> KeepAsync(EnvRow env, CancellationToken ct)
    {
        if (env.ServingId is not { } serving)
            return await rollouts.SettleAsync(env, null, await LookAsync(env, null, ct), ct);

        var row = (await database.ReadAsync(db => DeploymentTable.GetAsync(db, serving, ct), ct))!;
        return await rollouts.SettleAsync(env, row, await LookAsync(env, row.ReleaseId, ct), ct);
    }

    /// <returns>Whether nothing is left, neither in the world nor in the store.</returns>
    private async Task<bool> EmptyAsync(EnvRow env, CancellationToken ct)
    {
        if (_making is { Work.IsCompleted: false })
            await _making.CancelAsync();
        return await rollouts.EmptyAsync(env, await LookAsync(env, null, ct), ct);
    }

    private async Task<Look> LookAsync(EnvRow env, ReleaseId? release, CancellationToken ct)
    {
        var ordinals = release is { } wanted
            ? await database.ReadAsync(db => InstanceLedger.LastOrdinalsAsync(db, env.Id, wanted, ct), ct)
            : ImmutableDictionary<string, int>.Empty;
        return new Look(await observer.LookAsync(env, ct), ordinals);
    }
}

/// <summary>One look at the world, with the ordinals that are used up.</summary>
internal sealed record Look(Sight Have, ImmutableDictionary<string, int> Ordinals);

internal enum Pace
{
    /// <summary>Something was done: look again at once.</summary>
    AtOnce,

    /// <summary>Something outside has to happen first.</summary>
    Soon,
}
