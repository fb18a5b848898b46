namespace Davit.Wire;

/// <summary>Data that outlives instances.</summary>
/// <param name="Name">As the manifest says.</param>
/// <param name="RuntimeName">As the runtime says.</param>
/// <param name="UsedBy">The services that mount it.</param>
public sealed record VolumeView(string Name, string RuntimeName, IReadOnlyList<string> UsedBy)
{
    /// <summary>Null when the runtime was not asked or does not know.</summary>
    public long? Bytes { get; init; }

    /// <summary>The newest that is done.</summary>
    public BackupView? LastBackup { get; init; }

    /// <summary>When a backup was last restored and compared, and was the same; null is never.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>How long ago that was.</summary>
    public long? ProvenSecondsAgo { get; init; }

    /// <summary><c>proof-failed</c>, <c>backup-failed</c>, <c>backup-overdue</c>, <c>proof-overdue</c> or <c>target-failed</c>; "" when nothing is wrong.</summary>
    public string Worry { get; init; } = "";

    public string WorryDetail { get; init; } = "";

    /// <summary>What works on it now; "" when nothing does.</summary>
    public string Work { get; init; } = "";

    /// <summary>Null backs up on demand only.</summary>
    public BackupPolicyView? Policy { get; init; }
}

/// <param name="EverySeconds">Between two backups; null is on demand only.</param>
/// <param name="ProveSeconds">Between two proofs; null is on demand only.</param>
/// <param name="Keep">How many backups are kept.</param>
public sealed record BackupPolicyView(long? EverySeconds, long? ProveSeconds, int Keep);

public sealed record BackupView(string Id, string Volume, string State, DateTimeOffset CreatedAt)
{
    /// <summary>What ran while it was read: <c>live: …</c> or <c>stopped: …</c>.</summary>
    public string Method { get; init; } = "";

    public long Files { get; init; }

    public long Bytes { get; init; }

    /// <summary>What was not in the target yet.</summary>
    public long SentBytes { get; init; }

    public string Actor { get; init; } = "";

    public DateTimeOffset? FinishedAt { get; init; }

    public DateTimeOffset? ProvenAt { get; init; }

    public ProblemBody? Problem { get; init; }
}

/// <param name="Stop">Stop the services that mount it first, and start them afterwards.</param>
public sealed record BackupRequest(bool Stop = false);

/// <summary>Into a new volume, or in place.</summary>
/// <param name="As">The name of the new volume.</param>
public sealed record RestoreRequest(string As = "")
{
    /// <summary>Replace the data of the volume that was backed up.</summary>
    public bool InPlace { get; init; }

    /// <summary>The name of the volume whose data is replaced.</summary>
    public string Confirm { get; init; } = "";
}

/// <param name="Kind"><c>proof</c>, <c>new</c> or <c>in-place</c>.</param>
/// <param name="Backup">What it is restored from; also the id of a snapshot.</param>
public sealed record RestoreView(string Id, string Backup, string Volume, string Kind, string State, DateTimeOffset CreatedAt)
{
    public long Files { get; init; }

    public long Bytes { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public ProblemBody? Problem { get; init; }
}

/// <param name="Method"><c>paused</c>: what mounts the volume stood still while it was copied; <c>stopped</c>: nothing ran on it; <c>live</c>: it was written to meanwhile, so files may not fit together.</param>
/// <param name="State"><c>waiting</c>, <c>running</c>, <c>done</c>, <c>failed</c> or <c>deleting</c>.</param>
public sealed record SnapshotView(string Id, string Volume, string State, string Method, DateTimeOffset CreatedAt)
{
    /// <summary>For how long what mounts the volume stood still.</summary>
    public long PausedMs { get; init; }

    /// <summary>When it was asked for: how long that will be, by the size of the volume and the snapshot before; null when nobody can tell.</summary>
    public long? ExpectedPauseMs { get; init; }

    public long Files { get; init; }

    public long Bytes { get; init; }

    public string Actor { get; init; } = "";

    public DateTimeOffset? FinishedAt { get; init; }

    public ProblemBody? Problem { get; init; }
}

/// <param name="Method"><c>paused</c>, <c>stopped</c> or <c>live</c>.</param>
public sealed record SnapshotRequest(string Method = "paused");

/// <summary>Everything of the backup was read from the target and is what was written.</summary>
public sealed record VerificationView(string Backup, long Files, long Bytes);
