using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Volumes;

public sealed record BackupRow
{
    public required BackupId Id { get; init; }

    public required OrgId OrgId { get; init; }

    public required EnvId EnvId { get; init; }

    /// <summary>The runtime's name.</summary>
    public required string Volume { get; init; }

    /// <summary>The manifest's name.</summary>
    public required string Name { get; init; }

    /// <summary><c>waiting</c>, <c>running</c>, <c>done</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    public required bool Stops { get; init; }

    public required string Actor { get; init; }

    public required string RequestId { get; init; }

    public required int Attempts { get; init; }

    public required string Method { get; init; }

    public required long Files { get; init; }

    public required long Bytes { get; init; }

    public required long SentBytes { get; init; }

    public Problem? Problem { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When a restore of it was last compared and was the same.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    public bool IsOpen => State is "waiting" or "running";
}

/// <summary>What a backup consists of.</summary>
public sealed record BackupSize(string Method, long Files, long Bytes, long SentBytes);

public static class BackupTable
{
    private const string Select =
        """
        select b.id, b.org_id, b.env_id, b.volume, v.name, b.state, b.stops, b.actor, b.request_id, b.attempts, b.method, b.files, b.bytes, b.sent_bytes, b.problem, b.created_at, b.finished_at,
          (select max(r.finished_at) from restores r where r.backup_id = b.id and r.state = 'done') as proven_at
        from backups b join backed_volumes v on v.volume = b.volume
        """;

    public static async Task BeginAsync(Writing writing, BackupId id, EnvId env, string volume, bool stops, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into backups (id, org_id, env_id, volume, state, stops, actor, request_id, created_at) values (@id, @Org, @env, @volume, 'waiting', @stops, @Actor, @RequestId, @At)
            """, new { id, writing.Cause.Org, env, volume, stops, writing.Cause.Actor, writing.Cause.RequestId, writing.At }, cancellationToken: ct));
        writing.Wake(env);
        writing.Record(new("backup.requested", [id.ToString(), env.ToString()], new() { ["volume"] = volume, ["stops"] = stops }));
    }

    public static Task RunAsync(Writing writing, BackupRow row, CancellationToken ct) => writing.Db.ExecuteAsync(new CommandDefinition(
        "update backups set state = 'running', attempts = attempts + 1 where id = @Id", new { row.Id }, cancellationToken: ct));

    public static async Task DoneAsync(Writing writing, BackupRow row, BackupSize size, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update backups set state = 'done', method = @Method, files = @Files, bytes = @Bytes, sent_bytes = @SentBytes, finished_at = @At where id = @Id",
            new { row.Id, size.Method, size.Files, size.Bytes, size.SentBytes, writing.At }, cancellationToken: ct));
        writing.Wake(row.EnvId);
        writing.Record(new("backup.done", [row.Id.ToString(), row.EnvId.ToString()],
            new() { ["volume"] = row.Volume, ["method"] = size.Method, ["files"] = size.Files, ["bytes"] = size.Bytes, ["sentBytes"] = size.SentBytes }));
    }

    public static async Task FailAsync(Writing writing, BackupRow row, Problem why, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update backups set state = 'failed', problem = @why::jsonb, finished_at = @At where id = @Id", new { row.Id, why, writing.At }, cancellationToken: ct));
        writing.Wake(row.EnvId);
        writing.Record(new("backup.failed", [row.Id.ToString(), row.EnvId.ToString()], new() { ["volume"] = row.Volume, ["code"] = why.Code, ["detail"] = why.Detail }));
    }

    /// <summary>Its index is gone from the target already; so what the table names can be restored.</summary>
    public static async Task ForgetAsync(Writing writing, BackupRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition("delete from backups where id = @Id", new { row.Id }, cancellationToken: ct));
        writing.Record(new("backup.expired", [row.Id.ToString(), row.EnvId.ToString()], new() { ["volume"] = row.Volume }));
    }

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<BackupRow>> OfEnvAsync(NpgsqlConnection db, EnvId env, CancellationToken ct) =>
        (await db.QueryAsync<BackupRow>(new CommandDefinition($"{Select} where b.env_id = @env order by b.created_at desc, b.id desc", new { env }, cancellationToken: ct))).AsList();

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<BackupRow>> OfVolumeAsync(NpgsqlConnection db, string volume, CancellationToken ct) =>
        (await db.QueryAsync<BackupRow>(new CommandDefinition($"{Select} where b.volume = @volume order by b.created_at desc, b.id desc", new { volume }, cancellationToken: ct))).AsList();

    public static async Task<IReadOnlyList<BackupRow>> OpenAsync(NpgsqlConnection db, CancellationToken ct) =>
        (await db.QueryAsync<BackupRow>(new CommandDefinition($"{Select} where b.state in ('waiting', 'running') order by b.created_at", cancellationToken: ct))).AsList();

    public static Task<BackupRow?> GetAsync(NpgsqlConnection db, BackupId id, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<BackupRow>(new CommandDefinition($"{Select} where b.id = @id", new { id }, cancellationToken: ct));

    public static Task<BackupRow?> FindAsync(NpgsqlConnection db, EnvId env, string reference, CancellationToken ct) =>
        db.QueryFirstOrDefaultAsync<BackupRow>(new CommandDefinition(
            $"""
            {Select} where b.env_id = @env and ('bkp_' || replace(b.id::text, '-', '') = @reference
              or (length(@reference) >= 6 and replace(b.id::text, '-', '') like '%' || @reference and @reference ~ '^[0-9a-f]+$')) order by b.created_at desc limit 1
            """, new { env, reference }, cancellationToken: ct));
}
