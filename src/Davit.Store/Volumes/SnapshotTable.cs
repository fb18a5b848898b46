using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Volumes;

public sealed record SnapshotRow
{
    public required SnapshotId Id { get; init; }

    public required OrgId OrgId { get; init; }

    public required EnvId EnvId { get; init; }

    /// <summary>The runtime's name.</summary>
    public required string Volume { get; init; }

    /// <summary>The manifest's name.</summary>
    public required string Name { get; init; }

    /// <summary>The runtime's name of the volume that holds the copy.</summary>
    public required string KeptIn { get; init; }

    /// <summary><c>paused</c>, <c>stopped</c> or <c>live</c>.</summary>
    public required string Method { get; init; }

    /// <summary><c>waiting</c>, <c>running</c>, <c>done</c>, <c>failed</c> or <c>deleting</c>.</summary>
    public required string State { get; init; }

    public required string Actor { get; init; }

    public required string RequestId { get; init; }

    public required int Attempts { get; init; }

    public required long PausedMs { get; init; }

    public required long Files { get; init; }

    public required long Bytes { get; init; }

    public Problem? Problem { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>What a snapshot consists of.</summary>
public sealed record SnapshotSize(long PausedMs, long Files, long Bytes);

/// <summary>What is asked for.</summary>
/// <param name="Volume">The runtime's name, and the manifest's.</param>
public sealed record SnapshotDraft(SnapshotId Id, EnvId Env, (string Runtime, string Name) Volume, string Method)
{
    public string KeptIn => $"davit-snapshot-{Model.Id.Format(Id)[4..]}";
}

public static class SnapshotTable
{
    private const string Select = "select id, org_id, env_id, volume, name, kept_in, method, state, actor, request_id, attempts, paused_ms, files, bytes, problem, created_at, finished_at from snapshots";

    public static async Task BeginAsync(Writing writing, SnapshotDraft draft, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into snapshots (id, org_id, env_id, volume, name, kept_in, method, state, actor, request_id, created_at)
            values (@Id, @Org, @Env, @volume, @name, @KeptIn, @Method, 'waiting', @Actor, @RequestId, @At)
            """,
            new { draft.Id, writing.Cause.Org, draft.Env, volume = draft.Volume.Runtime, name = draft.Volume.Name, draft.KeptIn, draft.Method, writing.Cause.Actor, writing.Cause.RequestId, writing.At }, cancellationToken: ct));
        writing.Wake(draft.Env);
        writing.Record(new("snapshot.requested", [draft.Id.ToString(), draft.Env.ToString()], new() { ["volume"] = draft.Volume.Runtime, ["method"] = draft.Method }));
    }

    public static Task RunAsync(Writing writing, SnapshotRow row, CancellationToken ct) => writing.Db.ExecuteAsync(new CommandDefinition(
        "update snapshots set state = 'running', attempts = attempts + 1 where id = @Id", new { row.Id }, cancellationToken: ct));

    public static async Task DoneAsync(Writing writing, SnapshotRow row, SnapshotSize size, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update snapshots set state = 'done', paused_ms = @PausedMs, files = @Files, bytes = @Bytes, finished_at = @At where id = @Id",
            new { row.Id, size.PausedMs, size.Files, size.Bytes, writing.At }, cancellationToken: ct));
        writing.Wake(row.EnvId);
        writing.Record(new("snapshot.done", [row.Id.ToString(), row.EnvId.ToString()],
            new() { ["volume"] = row.Volume, ["method"] = row.Method, ["pausedMs"] = size.PausedMs, ["files"] = size.Files, ["bytes"] = size.Bytes }));
    }

    public static async Task FailAsync(Writing writing, SnapshotRow row, Problem why, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update snapshots set state = 'failed', problem = @why::jsonb, finished_at = @At where id = @Id", new { row.Id, why, writing.At }, cancellationToken: ct));
        writing.Wake(row.EnvId);
        writing.Record(new("snapshot.failed", [row.Id.ToString(), row.EnvId.ToString()], new() { ["volume"] = row.Volume, ["code"] = why.Code, ["detail"] = why.Detail }));
    }

    public static async Task DeleteAsync(Writing writing, SnapshotRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition("update snapshots set state = 'deleting' where id = @Id", new { row.Id }, cancellationToken: ct));
        writing.Wake(row.EnvId);
        writing.Record(new("snapshot.deletion-requested", [row.Id.ToString(), row.EnvId.ToString()], new() { ["volume"] = row.Volume }));
    }

    /// <summary>Its data is gone already.</summary>
    public static async Task ForgetAsync(Writing writing, SnapshotRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition("delete from snapshots where id = @Id", new { row.Id }, cancellationToken: ct));
        writing.Record(new("snapshot.deleted", [row.Id.ToString(), row.EnvId.ToString()], new() { ["volume"] = row.Volume }));
    }

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<SnapshotRow>> OfEnvAsync(NpgsqlConnection db, EnvId env, CancellationToken ct) =>
        (await db.QueryAsync<SnapshotRow>(new CommandDefinition($"{Select} where env_id = @env order by created_at desc, id desc", new { env }, cancellationToken: ct))).AsList();

    public static async Task<IReadOnlyList<SnapshotRow>> OpenAsync(NpgsqlConnection db, CancellationToken ct) =>
        (await db.QueryAsync<SnapshotRow>(new CommandDefinition($"{Select} where state in ('waiting', 'running', 'deleting') order by state <> 'running', created_at", cancellationToken: ct))).AsList();

    public static Task<SnapshotRow?> GetAsync(NpgsqlConnection db, SnapshotId id, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<SnapshotRow>(new CommandDefinition($"{Select} where id = @id", new { id }, cancellationToken: ct));

    public static Task<SnapshotRow?> FindAsync(NpgsqlConnection db, EnvId env, string reference, CancellationToken ct) =>
        db.QueryFirstOrDefaultAsync<SnapshotRow>(new CommandDefinition(
            $"""
            {Select} where env_id = @env and ('snp_' || replace(id::text, '-', '') = @reference
              or (length(@reference) >= 6 and replace(id::text, '-', '') like '%' || @reference and @reference ~ '^[0-9a-f]+$')) order by created_at desc limit 1
            """, new { env, reference }, cancellationToken: ct));

    /// <summary>Something is restored from it now.</summary>
    public static Task<bool> IsReadAsync(NpgsqlConnection db, SnapshotId id, CancellationToken ct) => db.ExecuteScalarAsync<bool>(new CommandDefinition(
        "select exists (select 1 from restores where snapshot_id = @id and state in ('waiting', 'running', 'replacing'))", new { id }, cancellationToken: ct));
}
