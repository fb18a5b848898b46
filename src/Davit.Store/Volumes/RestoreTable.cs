using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Volumes;

public sealed record RestoreRow
{
    public required RestoreId Id { get; init; }

    public required OrgId OrgId { get; init; }

    public required EnvId EnvId { get; init; }

    /// <summary>What it is restored from, unless it is a snapshot.</summary>
    public BackupId? BackupId { get; init; }

    public SnapshotId? SnapshotId { get; init; }

    /// <summary>The id of either.</summary>
    public string From => SnapshotId?.ToString() ?? BackupId.ToString()!;

    /// <summary>The runtime's name of the volume that is written; of a proof the one that was backed up.</summary>
    public required string Volume { get; init; }

    /// <summary><c>proof</c>, <c>new</c> or <c>in-place</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>waiting</c>, <c>running</c>, <c>replacing</c>, <c>done</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    public required string Actor { get; init; }

    public required string RequestId { get; init; }

    public required int Attempts { get; init; }

    public required long Files { get; init; }

    public required long Bytes { get; init; }

    public Problem? Problem { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public bool IsOpen => State is "waiting" or "running" or "replacing";
}

/// <summary>What is asked for.</summary>
/// <param name="Kind"><c>proof</c>, <c>new</c> or <c>in-place</c>.</param>
public sealed record RestoreDraft(RestoreId Id, EnvId Env, BackupId? Backup, string Volume, string Kind)
{
    /// <summary>Instead of a backup.</summary>
    public SnapshotId? Snapshot { get; init; }

    /// <summary>The id of either.</summary>
    public string From => Snapshot?.ToString() ?? Backup.ToString()!;
}

public static class RestoreTable
{
    private const string Columns = "id, org_id, env_id, backup_id, snapshot_id, volume, kind, state, actor, request_id, attempts, files, bytes, problem, created_at, finished_at";

    public static async Task BeginAsync(Writing writing, RestoreDraft draft, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into restores (id, org_id, env_id, backup_id, snapshot_id, volume, kind, state, actor, request_id, created_at)
            values (@Id, @Org, @Env, @Backup, @Snapshot, @Volume, @Kind, 'waiting', @Actor, @RequestId, @At)
            """,
            new { draft.Id, writing.Cause.Org, draft.Env, draft.Backup, draft.Snapshot, draft.Volume, draft.Kind, writing.Cause.Actor, writing.Cause.RequestId, writing.At }, cancellationToken: ct));
        writing.Wake(draft.Env);
        writing.Record(new("restore.requested", [draft.Id.ToString(), draft.From, draft.Env.ToString()], new() { ["volume"] = draft.Volume, ["kind"] = draft.Kind }));
    }

    public static Task RunAsync(Writing writing, RestoreRow row, CancellationToken ct) => writing.Db.ExecuteAsync(new CommandDefinition(
        "update restores set state = 'running', attempts = attempts + 1 where id = @Id", new { row.Id }, cancellationToken: ct));

    /// <summary>From here on there is no way back: the old data goes, and the new is in the scratch volume and whole.</summary>
    public static Task ReplaceAsync(Writing writing, RestoreRow row, CancellationToken ct) => writing.Db.ExecuteAsync(new CommandDefinition(
        "update restores set state = 'replacing' where id = @Id", new { row.Id }, cancellationToken: ct));

    public static async Task DoneAsync(Writing writing, RestoreRow row, (long Files, long Bytes) size, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update restores set state = 'done', files = @Files, bytes = @Bytes, finished_at = @At where id = @Id", new { row.Id, size.Files, size.Bytes, writing.At }, cancellationToken: ct));
        writing.Wake(row.EnvId);
        writing.Record(new(row.Kind is "proof" ? "backup.proven" : "restore.done", [row.Id.ToString(), row.From, row.EnvId.ToString()],
            new() { ["volume"] = row.Volume, ["files"] = size.Files, ["bytes"] = size.Bytes }));
    }

    public static async Task FailAsync(Writing writing, RestoreRow row, Problem why, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update restores set state = 'failed', problem = @why::jsonb, finished_at = @At where id = @Id", new { row.Id, why, writing.At }, cancellationToken: ct));
        writing.Wake(row.EnvId);
        writing.Record(new(row.Kind is "proof" ? "backup.proof-failed" : "restore.failed", [row.Id.ToString(), row.From, row.EnvId.ToString()],
            new() { ["volume"] = row.Volume, ["code"] = why.Code, ["detail"] = why.Detail }));
    }

    public static async Task<IReadOnlyList<RestoreRow>> OpenAsync(NpgsqlConnection db, CancellationToken ct) =>
        (await db.QueryAsync<RestoreRow>(new CommandDefinition($"select {Columns} from restores where state in ('waiting', 'running', 'replacing') order by created_at", cancellationToken: ct))).AsList();

    /// <summary>Of the backups of a volume, into whichever volume; the newest first.</summary>
    public static async Task<IReadOnlyList<RestoreRow>> OfVolumeAsync(NpgsqlConnection db, string volume, CancellationToken ct) =>
        (await db.QueryAsync<RestoreRow>(new CommandDefinition(
            $"select {Columns} from restores where backup_id in (select id from backups where volume = @volume) or volume = @volume order by created_at desc, id desc", new { volume }, cancellationToken: ct))).AsList();

    public static Task<RestoreRow?> FindAsync(NpgsqlConnection db, EnvId env, string id, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<RestoreRow>(new CommandDefinition(
            $"select {Columns} from restores where env_id = @env and 'rst_' || replace(id::text, '-', '') = @id", new { env, id }, cancellationToken: ct));

    /// <summary>Something works on the volume already: writes or reads it.</summary>
    public static Task<bool> IsBusyAsync(NpgsqlConnection db, string volume, CancellationToken ct) => db.ExecuteScalarAsync<bool>(new CommandDefinition(
        """
        select exists (select 1 from backups where volume = @volume and state in ('waiting', 'running'))
          or exists (select 1 from snapshots where volume = @volume and state in ('waiting', 'running', 'deleting'))
          or exists (select 1 from restores where volume = @volume and state in ('waiting', 'running', 'replacing'))
        """, new { volume }, cancellationToken: ct));
}
