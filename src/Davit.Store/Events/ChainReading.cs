using System.Data;
using System.Runtime.CompilerServices;
using Dapper;
using Davit.Model;
using Davit.Model.Audit;
using Npgsql;

namespace Davit.Store.Events;

/// <summary>Reads a whole chain, or a stretch of it, in the order it was written.</summary>
public static class ChainReading
{
    private const int Page = 2000;

    /// <summary>Where the chain that is kept here begins: after what was archived and purged.</summary>
    public static async Task<ChainPlace> StartAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        await PlaceAsync(db, "select seq, hash from event_anchors where org_id = @org order by seq desc limit 1", org, ct) ?? ChainPlace.Origin;

    /// <summary>What the log itself says its last event is.</summary>
    public static Task<ChainPlace?> HeadAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        PlaceAsync(db, "select seq, hash from event_heads where org_id = @org", org, ct);

    /// <summary>Recomputes the chain as it is at one instant, while writers go on.</summary>
    /// <param name="marks">Places that somebody vouches for.</param>
    public static async Task<ChainVerdict> VerifyAsync(NpgsqlConnection db, OrgId org, IReadOnlyCollection<ChainPlace> marks, CancellationToken ct)
    {
        await using var instant = await db.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var start = await StartAsync(db, org, ct);
        var head = await HeadAsync(db, org, ct);
        return await new ChainWalk(start, marks).VerifyAsync(LinksAsync(db, org, start.Seq, ct), head, ct);
    }

    /// <summary>Events after one number up to and with another.</summary>
    public static async IAsyncEnumerable<EventRow> RangeAsync(NpgsqlConnection db, OrgId org, long after, long last, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            var page = (await db.QueryAsync<EventRow>(new CommandDefinition(
                $"select {EventLog.Columns} from events where org_id = @org and seq > @after and seq <= @last order by seq limit {Page}",
                new { org, after, last }, cancellationToken: ct))).AsList();
            foreach (var row in page)
                yield return row;
            if (page.Count < Page)
                yield break;
            after = page[^1].Seq;
        }
    }

    private static async IAsyncEnumerable<ChainedEvent> LinksAsync(NpgsqlConnection db, OrgId org, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in RangeAsync(db, org, after, long.MaxValue, ct))
            yield return row.Chained();
    }

    private static async Task<ChainPlace?> PlaceAsync(NpgsqlConnection db, string sql, OrgId org, CancellationToken ct) =>
        await db.QuerySingleOrDefaultAsync<(long Seq, string Hash)?>(new CommandDefinition(sql, new { org }, cancellationToken: ct)) is { } found ? new(found.Seq, found.Hash) : null;
}
