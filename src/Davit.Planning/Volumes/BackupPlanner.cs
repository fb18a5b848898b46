using System.Collections.Immutable;
using Davit.Model;
using Davit.Planning.Rollouts;

namespace Davit.Planning.Volumes;

/// <summary>What is known of the backups of one volume.</summary>
public sealed record BackupFacts(DateTimeOffset Now)
{
    /// <summary>Null backs up on demand only.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Null proves on demand only.</summary>
    public TimeSpan? Prove { get; init; }

    public int Keep { get; init; } = BackupPlanner.UsuallyKept;

    /// <summary>Since when the volume is not there any more.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>The newest first.</summary>
    public ImmutableArray<BackupFact> Backups { get; init; } = [];

    /// <summary>The newest first; real restores prove a backup too.</summary>
    public ImmutableArray<RestoreFact> Restores { get; init; } = [];

    public BackupFact? NewestDone => Backups.FirstOrDefault(b => b.State is BackupState.Done);

    public RestoreFact? NewestProof => Restores.FirstOrDefault(r => r.State is BackupState.Done);
}

public enum BackupState
{
    Open,
    Done,
    Failed,
}

/// <param name="At">When it ended; when it was asked for while it is open.</param>
public sealed record BackupFact(BackupId Id, BackupState State, DateTimeOffset At);

/// <param name="At">When it ended; when it was asked for while it is open.</param>
public sealed record RestoreFact(BackupId Backup, BackupState State, DateTimeOffset At);

/// <summary>What is due for one volume now.</summary>
/// <param name="Prove">The backup that is to be restored for proof.</param>
/// <param name="Expired">Backups that nothing keeps any more.</param>
public sealed record BackupPlan(bool BackUp, BackupId? Prove, ImmutableArray<BackupId> Expired);

/// <summary>Decides what is due for the backups of a volume, and what is wrong with them. Pure: it looks at levels, never at history.</summary>
public static class BackupPlanner
{
    public const int UsuallyKept = 14;

    /// <summary>How long backups outlive their volume, and failures are told.</summary>
    public static TimeSpan Afterlife { get; } = TimeSpan.FromDays(14);

    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(15);

    public static BackupPlan Decide(BackupFacts facts) => new(IsBackupDue(facts), ProofDue(facts), [.. Expired(facts)]);

    private static bool IsBackupDue(BackupFacts facts) => facts is { Every: { } every, GoneAt: null }
        && facts.Backups.All(b => b.State is not BackupState.Open)
        && (facts.NewestDone is not { } done || every.HasPassed(done.At, facts.Now))
        && (facts.Backups is not [{ State: BackupState.Failed } failed, ..] || (every < Retry ? every : Retry).HasPassed(failed.At, facts.Now));

    /// <summary>The newest is proven, again and again; after a failure at once when there is a newer one.</summary>
    private static BackupId? ProofDue(BackupFacts facts)
    {
        if (facts is not { Prove: { } prove, NewestDone: { } newest, GoneAt: null } || facts.Restores.Any(r => r.State is BackupState.Open))
            return null;
        if (facts.Restores is [{ State: BackupState.Failed } failed, ..])
            return failed.Backup != newest.Id || (prove < Retry ? prove : Retry).HasPassed(failed.At, facts.Now) ? newest.Id : null;
        return facts.NewestProof is not { } proof || prove.HasPassed(proof.At, facts.Now) ? newest.Id : null;
    }

    /// <summary>The newest proven one always stays, and so does what somebody restores from.</summary>
    private static IEnumerable<BackupId> Expired(BackupFacts facts)
    {
        var inUse = facts.Restores.Where(r => r.State is BackupState.Open).Select(r => r.Backup).ToHashSet();
        if (facts.GoneAt is { } gone && facts.Now - gone >= Afterlife)
            return facts.Backups.Where(b => b.State is not BackupState.Open && !inUse.Contains(b.Id)).Select(b => b.Id);

        if (facts.NewestProof is { } proof)
            inUse.Add(proof.Backup);
        var surplus = facts.Backups.Where(b => b.State is BackupState.Done).Skip(Math.Max(1, facts.Keep));
        var stale = facts.Backups.Skip(1).Where(b => b.State is BackupState.Failed && facts.Now - b.At >= Afterlife);
        return surplus.Concat(stale).Where(b => !inUse.Contains(b.Id)).Select(b => b.Id);
    }

    /// <summary>Why somebody who relies on the backups should be worried; "" when nothing is wrong.</summary>
    public static string Worry(BackupFacts facts)
    {
        if (facts.Restores.FirstOrDefault(r => r.State is not BackupState.Open) is { State: BackupState.Failed })
            return "proof-failed";
        if (facts.Backups.FirstOrDefault(b => b.State is not BackupState.Open) is { State: BackupState.Failed })
            return "backup-failed";
        if (facts.Every is { } every && facts.NewestDone is { } done && facts.Now - done.At > every * 2)
            return "backup-overdue";
        return facts.Prove is { } prove && facts.NewestProof is { } proof && facts.Now - proof.At > prove + (prove < TimeSpan.FromDays(1) ? prove : TimeSpan.FromDays(1)) ? "proof-overdue" : "";
    }
}
