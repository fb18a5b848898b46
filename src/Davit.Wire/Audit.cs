using System.Text.Json.Nodes;

namespace Davit.Wire;

/// <param name="Fault"><c>altered</c>, <c>missing</c>, <c>reordered</c>, <c>inserted</c>, <c>cut-off</c> or <c>forged</c>.</param>
public sealed record AuditBreakView(long Seq, string Fault, string Detail);

/// <summary>What was found when the chain was computed anew.</summary>
/// <param name="From">The number that the kept chain begins with; smaller ones are archived.</param>
/// <param name="SignedThrough">The newest event that a checkpoint vouches for; 0 when there is none.</param>
public sealed record AuditVerdictView(long Checked, long From, long Head, int Checkpoints, long SignedThrough)
{
    /// <summary>Absent when the chain is intact.</summary>
    public AuditBreakView? Break { get; init; }
}

/// <param name="Statement">The signed statement, which proves the rest without this server.</param>
public sealed record CheckpointView(long Seq, string Hash, DateTimeOffset At, JsonObject Statement);

/// <param name="Through">The last event in it.</param>
/// <param name="Archive">The file's name in the server's archive.</param>
public sealed record AuditArchiveView(long Through, DateTimeOffset RemovedAt, string Archive, JsonObject Statement);

/// <param name="KeepDays">How long events stay in the log.</param>
/// <param name="ArchiveDays">How long archives of older ones are kept, from the day of the event.</param>
public sealed record AuditRetentionView(int KeepDays, int ArchiveDays, long Version)
{
    public IReadOnlyList<AuditArchiveView> Archives { get; init; } = [];
}

public sealed record AuditRetentionRequest(int KeepDays, int ArchiveDays, long? ExpectedVersion = null);

/// <summary>What an export says about itself, in its <c>manifest.json</c>. Its bytes are what is signed.</summary>
/// <param name="Sha256">Of the file with the events, 64 hexadecimal digits.</param>
/// <param name="PrevHash">The hash that the first event follows.</param>
/// <param name="LastHash">The hash of the last event.</param>
public sealed record AuditManifest(string Format, string Org, string File, long Count, long First, long Last, string PrevHash, string LastHash, string Sha256, long Bytes, DateTimeOffset MadeAt, string Key)
{
    public const string Current = "davit-audit-1";

    /// <summary>Names of the parts of an export.</summary>
    public const string ManifestFile = "manifest.json";

    public const string SignatureFile = "manifest.sig";

    public const string KeyFile = "key.pem";

    /// <summary>Where the org's log stood when the export was made.</summary>
    public long Head { get; init; }
}
