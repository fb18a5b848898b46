using System.Text.Json.Nodes;
using Dapper;
using Davit.Model;
using Davit.Model.Audit;
using Npgsql;

namespace Davit.Store.Events;

/// <summary>What the server has signed about a chain: at this instant its event of this number had this hash.</summary>
/// <param name="Body">The signed statement as it is given out.</param>
public sealed record CheckpointRow(OrgId OrgId, long Seq, string Hash, DateTimeOffset At, string Body)
{
    /// <summary>How a row is read.</summary>
    private CheckpointRow() : this(default, 0, "", default, "")
    {
    }

    public ChainPlace Place => new(Seq, Hash);
}

/// <summary>Checkpoints are only ever added.</summary>
public static class CheckpointTable
{
    public static Task<int> InsertAsync(NpgsqlConnection db, CheckpointRow row, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "insert into event_checkpoints (org_id, seq, hash, at, body) values (@OrgId, @Seq, @Hash, @At, @Body) on conflict do nothing", row, cancellationToken: ct));

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<CheckpointRow>> ListAsync(NpgsqlConnection db, OrgId org, long before, int limit, CancellationToken ct) =>
        (await db.QueryAsync<CheckpointRow>(new CommandDefinition(
            "select org_id, seq, hash, at, body from event_checkpoints where org_id = @org and seq < @before order by seq desc limit @limit", new { org, before, limit }, cancellationToken: ct))).AsList();

    /// <summary>One per stretch of a chain, the newest of it: enough to say within which stretch a chain was computed anew.</summary>
    public static async Task<IReadOnlyList<CheckpointRow>> SampleAsync(NpgsqlConnection db, OrgId org, int stretch, int most, CancellationToken ct) =>
        (await db.QueryAsync<CheckpointRow>(new CommandDefinition(
            """
            select org_id, seq, hash, at, body from (
                select distinct on (seq / @stretch) * from event_checkpoints where org_id = @org order by seq / @stretch desc, seq desc limit @most
            ) newest order by seq
            """, new { org, stretch, most }, cancellationToken: ct))).AsList();

    /// <summary>Chains that have gone on since their last checkpoint: by a whole stretch, or for a while.</summary>
    public static async Task<IReadOnlyList<(OrgId Org, ChainPlace Head)>> DueAsync(NpgsqlConnection db, int stretch, DateTimeOffset olderThan, CancellationToken ct) =>
        [.. (await db.QueryAsync<(Guid Org, long Seq, string Hash)>(new CommandDefinition(
            """
            select h.org_id, h.seq, h.hash from event_heads h
            left join lateral (select seq, at from event_checkpoints c where c.org_id = h.org_id order by seq desc limit 1) c on true
            where h.seq > coalesce(c.seq, 0) and (c.seq is null or h.seq - c.seq >= @stretch or c.at <= @olderThan)
            """, new { stretch, olderThan }, cancellationToken: ct))).Select(r => (OrgId.From(r.Org), new ChainPlace(r.Seq, r.Hash)))];
}

/// <summary>The end of what was archived and removed, signed: the chain that is kept begins after it.</summary>
public sealed record AnchorRow(OrgId OrgId, long Seq, string Hash, DateTimeOffset At, string Archive, string Body)
{
    /// <summary>How a row is read.</summary>
    private AnchorRow() : this(default, 0, "", default, "", "")
    {
    }
}

public static class AnchorTable
{
    public static async Task InsertAsync(Writing writing, AnchorRow row, long first, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into event_anchors (org_id, seq, hash, at, archive, body) values (@OrgId, @Seq, @Hash, @At, @Archive, @Body)", row, cancellationToken: ct));
        writing.Record(new("audit.purged", [row.OrgId.ToString()], new JsonObject { ["first"] = first, ["last"] = row.Seq, ["archive"] = row.Archive }));
    }

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<AnchorRow>> ListAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        (await db.QueryAsync<AnchorRow>(new CommandDefinition(
            "select org_id, seq, hash, at, archive, body from event_anchors where org_id = @org order by seq desc", new { org }, cancellationToken: ct))).AsList();

    /// <summary>Removes some of what the newest anchor covers, the oldest first.</summary>
    /// <returns>How many events went; 0 when none is left.</returns>
    public static Task<int> PurgeAsync(NpgsqlConnection db, OrgId org, int most, CancellationToken ct) =>
        db.ExecuteScalarAsync<int>(new CommandDefinition("select purge_events(@org, @most)", new { org, most }, cancellationToken: ct));
}

/// <summary>How long an org keeps its events in the log, and the archives of them.</summary>
public sealed record AuditPolicyRow(int KeepDays, int ArchiveDays, long Version)
{
    public const int MostDays = 36_500;
    public const int LeastKeepDays = 30;
    public const int LeastArchiveDays = 365;

    public static AuditPolicyRow Usual { get; } = new(400, 2557, 0);
}

public static class AuditPolicyTable
{
    public static async Task<AuditPolicyRow> GetAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        await db.QuerySingleOrDefaultAsync<AuditPolicyRow>(new CommandDefinition(
            "select keep_days, archive_days, version from audit_policies where org_id = @org", new { org }, cancellationToken: ct)) ?? AuditPolicyRow.Usual;

    /// <returns>Whether the policy still had the expected version; 0 is the one nobody has set.</returns>
    public static async Task<bool> SetAsync(Writing writing, AuditPolicyRow was, AuditPolicyRow now, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into audit_policies (org_id, keep_days, archive_days, version) select @Org, @KeepDays, @ArchiveDays, 1 where @Expected = 0
            on conflict (org_id) do nothing
            """, new { writing.Cause.Org, now.KeepDays, now.ArchiveDays, Expected = was.Version }, cancellationToken: ct));
        if (changed is 0 && was.Version > 0)
            changed = await writing.Db.ExecuteAsync(new CommandDefinition(
                "update audit_policies set keep_days = @KeepDays, archive_days = @ArchiveDays, version = version + 1 where org_id = @Org and version = @Expected",
                new { writing.Cause.Org, now.KeepDays, now.ArchiveDays, Expected = was.Version }, cancellationToken: ct));
        if (changed is 1)
            writing.Record(new("audit.retention-set", [writing.Cause.Org.ToString()], new JsonObject
            {
                ["before"] = new JsonObject { ["keepDays"] = was.KeepDays, ["archiveDays"] = was.ArchiveDays },
                ["after"] = new JsonObject { ["keepDays"] = now.KeepDays, ["archiveDays"] = now.ArchiveDays },
            }));
        return changed is 1;
    }
}
