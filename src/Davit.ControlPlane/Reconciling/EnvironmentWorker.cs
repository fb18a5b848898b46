using System.Collections.Immutable;
using Davit.ControlPlane.Leases;
using Davit.Model;
using Davit.Planning.Canaries;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Leases;
using Davit.Store.Ledger;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Reconciling;

/// <summary>
/// Looks after one environment: observe, decide, apply, and look again. A deployment whose release is made has the turn;
/// otherwise what serves is kept as it was wished. Releases are made elsewhere, by whichever replica has taken them.
/// </summary>
internal sealed class EnvironmentWorker(EnvId id, Holding held, EffectGate gate, Observer observer, RolloutDriver rollouts, DeploymentJournal journal)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WhileMoving = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenCounts = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FullPass = TimeSpan.FromSeconds(30);

    private readonly Database _database = gate.Database;
    private bool _isTakenOver;

    /// <returns>How long to rest unless woken; null when the environment is gone.</returns>
    public async Task<TimeSpan?> PassAsync(CancellationToken ct)
    {
        var env = await _database.ReadAsync(db => EnvTable.GetAsync(db, id, ct), ct);
        if (env is null)
            return null;

        var waiting = await _database.ReadAsync(db => DeploymentTable.UnfinishedAsync(db, id, ct), ct);
        if (!_isTakenOver)
            await TakeOverAsync(waiting, ct);
        if (env.Deleting)
            return await EmptyAsync(env, waiting, ct) ? null : WhileMoving;
        // While a volume is read or written as a whole, nothing that may mount it is started; the deployment waits for that.
        if (waiting is [{ Wish: not null } first, ..] && env.HeldVolumes.Length is 0)
        {
            var look = await LookAsync(env, first.ReleaseId, ct);
            if (DeploymentJournal.FactsOf(first).Canary is not null)
                look = look with { Counted = await observer.CountAsync(env.Id, ct) };
            return await rollouts.AdvanceAsync(held, first, env, look, ct) switch
            {
                Pace.Soon => Soon,
                Pace.Later => BetweenCounts,
                Pace.AtOnce or null => TimeSpan.Zero,
            };
        }

        if (waiting is [{ Wish: null } unmade, ..] && await EndUnmadeAsync(unmade, ct))
            return TimeSpan.Zero;
        return await KeepAsync(env, ct);
    }

    /// <summary>What a former leader began and did not end is told where people look: nobody knows whether it happened, so it is looked up.</summary>
    private async Task TakeOverAsync(IReadOnlyList<DeploymentRow> unfinished, CancellationToken ct)
    {
        var cutOff = await _database.ReadAsync(db => EffectTable.CutOffAsync(db, id, held.Lease.Fence, ct), ct);
        foreach (var effect in cutOff)
        {
            if (unfinished.FirstOrDefault(d => d.Id == effect.DeploymentId) is { State: DeploymentState.Running running } row)
                await journal.LineAsync(row, running.Phase, $"{held} goes on: {effect.Name} {effect.Subject} was under way when {effect.Holder} ended", ct);
        }

        _isTakenOver = true;
    }

    /// <summary>A deployment that nobody makes is ended here when it was cancelled or has waited too long; its maker does so otherwise.</summary>
    private async Task<bool> EndUnmadeAsync(DeploymentRow row, CancellationToken ct)
    {
        var late = PhaseLog.Overdue(row.Phases, observer.Now);
        if ((row.CancelBy is null && late is null) || await IsBeingMadeAsync(row, ct))
            return false;
        if (row.CancelBy is not null)
            await journal.CancelAsync(held, row, ct);
        else
            await journal.FailAsync(held, row, DeploymentProblems.PhaseTooSlow(late!.Phase, late.Deadline!.Value - late.StartedAt!.Value), ct);
        return true;
    }

    private Task<bool> IsBeingMadeAsync(DeploymentRow row, CancellationToken ct) =>
        _database.ReadAsync(db => LeaseTable.IsHeldAsync(db, DeploymentTable.MakingLease(row.Id), ct), ct);

    /// <returns>How long to rest.</returns>
    private async Task<TimeSpan> KeepAsync(EnvRow env, CancellationToken ct)
    {
        if (env.ServingId is not { } serving)
            return await rollouts.SettleAsync(held, env, null, await LookAsync(env, null, ct), ct) ? WhileMoving : FullPass;

        var row = (await _database.ReadAsync(db => DeploymentTable.GetAsync(db, serving, ct), ct))!;
        var look = await LookAsync(env, row.ReleaseId, ct);
        var warm = env.Stopped ? null : await WarmRelease.FindAsync(_database, row, look.Have.At, ct);
        if (await rollouts.SettleAsync(held, env, row, look with { Warm = warm?.Wish.WithScale(env.Scale) }, ct))
            return WhileMoving;
        return warm?.Until - look.Have.At is { } left && left < FullPass ? left : FullPass;
    }

    /// <returns>Whether nothing is left, neither in the world nor in the store.</returns>
    private async Task<bool> EmptyAsync(EnvRow env, IReadOnlyList<DeploymentRow> unfinished, CancellationToken ct)
    {
        foreach (var row in unfinished)
        {
            // Its maker sees that the environment leaves and stops; until then it may still be writing.
            if (row.Wish is null && await IsBeingMadeAsync(row, ct))
                return false;
        }

        return await rollouts.EmptyAsync(held, env, await LookAsync(env, null, ct), ct);
    }

    private async Task<Look> LookAsync(EnvRow env, ReleaseId? release, CancellationToken ct)
    {
        var ordinals = release is { } wanted
            ? await _database.ReadAsync(db => InstanceLedger.LastOrdinalsAsync(db, env.Id, wanted, ct), ct)
            : ImmutableDictionary<string, int>.Empty;
        var retiring = rollouts.Retiring;
        var (have, made, unseen) = await observer.LookAtLedgerTooAsync(env, ct);
        return new Look(have, ordinals, made, unseen) { Retiring = retiring };
    }
}

/// <summary>One look at the world, with the ordinals that are used up.</summary>
/// <param name="Made">What should be there because we made it.</param>
/// <param name="Unseen">Of that, the instances that were never seen running.</param>
internal sealed record Look(Sight Have, ImmutableDictionary<string, int> Ordinals, Inventory Made, ImmutableHashSet<InstanceId> Unseen)
{
    /// <summary>What the edge has counted while a canary is under way.</summary>
    public SplitCounts? Counted { get; init; }

    /// <summary>The wish of the release before, as long as it stays up.</summary>
    public Wish? Warm { get; init; }

    /// <summary>The instances that were being taken away when the look began.</summary>
    public ImmutableHashSet<string> Retiring { get; init; } = [];
}

internal enum Pace
{
    /// <summary>Something was done: look again at once.</summary>
    AtOnce,

    /// <summary>Something outside has to happen first.</summary>
    Soon,

    /// <summary>Clients have to ask first.</summary>
    Later,
}
