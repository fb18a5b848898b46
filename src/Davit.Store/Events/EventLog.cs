using Dapper;
using Davit.Model;
using Davit.Model.Audit;
using Npgsql;

namespace Davit.Store.Events;

/// <summary>The append-only log of each org: written with the change it tells of, read in order, followed without a gap.</summary>
public static class EventLog
{
    public const string Channel = "davit_events";

    internal const string Columns = "org_id, seq, at, type, version, subjects, actor, request_id, correlation_id, payload, prev_hash, hash, form, address, decision";

    private const int Page = 500;

    /// <summary>
    /// Numbers and chains what the write recorded. Must be the last thing before the commit: the head row stays locked
    /// until then, which is what keeps a later number from becoming visible before an earlier one.
    /// </summary>
    internal static async Task AppendAsync(Writing writing, CancellationToken ct)
    {
        if (writing.Events.Count is 0)
            return;

        var (seq, hash) = await writing.Db.QuerySingleAsync<(long, string)>(new CommandDefinition(
            """
            insert into event_heads (org_id, seq, hash) values (@Org, 0, '')
            on conflict (org_id) do update set seq = event_heads.seq
            returning seq, hash
            """,
            new { writing.Cause.Org }, cancellationToken: ct));

        await using var batch = new NpgsqlBatch(writing.Db);
        foreach (var draft in writing.Events)
        {
            var row = Row(writing, draft, ++seq, hash);
            hash = row.Hash;
            batch.BatchCommands.Add(Insert(row));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("update event_heads set seq = $2, hash = $3 where org_id = $1")
        {
            Parameters = { new() { Value = writing.Cause.Org.Value }, new() { Value = seq }, new() { Value = hash } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_notify($1, $2)")
        {
            Parameters = { new() { Value = Channel }, new() { Value = writing.Cause.Org.ToString() } },
        });
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <param name="subject">Only events about this id or address, when given.</param>
    public static async Task<IReadOnlyList<EventRow>> ReadAsync(
        NpgsqlConnection db, OrgId org, long after, string? subject, CancellationToken ct) =>
        (await db.QueryAsync<EventRow>(new CommandDefinition(
            $"""
            select {Columns} from events
            where org_id = @org and seq > @after and (@subject::text is null or subjects @> array[@subject::text])
            order by seq limit {Page}
            """,
            new { org, after, subject }, cancellationToken: ct))).AsList();

    public static async Task<long> HeadAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        await db.ExecuteScalarAsync<long>(new CommandDefinition("select coalesce(max(seq), 0) from events where org_id = @org", new { org }, cancellationToken: ct));

    /// <returns>The first wrong sequence number, or <see langword="null"/> when the chain is intact.</returns>
    public static async Task<long?> FirstBrokenAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) => (await ChainReading.VerifyAsync(db, org, [], ct)).Break?.Seq;

    private static EventRow Row(Writing writing, EventDraft draft, long seq, string previous)
    {
        var row = new EventRow
        {
            OrgId = writing.Cause.Org,
            Seq = seq,
            At = new DateTimeOffset(writing.At.UtcTicks - (writing.At.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
            Type = draft.Type,
            Version = draft.Version,
            Subjects = [.. draft.Subjects],
            Actor = writing.Cause.Actor,
            RequestId = writing.Cause.RequestId,
            CorrelationId = writing.Cause.CorrelationId,
            Payload = draft.Payload.ToJsonString(),
            Form = ChainedEvent.NewestForm,
            Address = writing.Cause.Address,
            Decision = draft.Decision,
            PrevHash = previous,
            Hash = "",
        };
        return row with { Hash = row.ComputeHash() };
    }

    private static NpgsqlBatchCommand Insert(EventRow row) => new($"insert into events ({Columns}) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10::jsonb,$11,$12,$13,$14,$15)")
    {
        Parameters =
        {
            new() { Value = row.OrgId.Value },
            new() { Value = row.Seq },
            new() { Value = row.At.UtcDateTime },
            new() { Value = row.Type },
            new() { Value = row.Version },
            new() { Value = row.Subjects },
            new() { Value = row.Actor },
            new() { Value = row.RequestId },
            new() { Value = row.CorrelationId },
            new() { Value = row.Payload },
            new() { Value = row.PrevHash },
            new() { Value = row.Hash },
            new() { Value = row.Form },
            new() { Value = row.Address },
            new() { Value = row.Decision },
        },
    };
}
