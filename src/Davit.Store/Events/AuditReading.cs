using Dapper;
using Davit.Model;
using Davit.Model.Audit;
using Npgsql;

namespace Davit.Store.Events;

/// <summary>Which events of an org are looked for. What is null does not matter.</summary>
public sealed record AuditFilter
{
    public string? Actor { get; init; }

    /// <summary>A type, or the beginning of types and <c>*</c>.</summary>
    public string? Type { get; init; }

    public string? Resource { get; init; }

    public string? Decision { get; init; }

    /// <summary>An address, or a network such as <c>10.0.0.0/8</c>.</summary>
    public string? Address { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }
}

/// <summary>The audit view of the log: the newest first, filtered.</summary>
public static class AuditReading
{
    /// <param name="before">Only events with a smaller number.</param>
    public static async Task<IReadOnlyList<EventRow>> ListAsync(NpgsqlConnection db, OrgId org, AuditFilter filter, long before, int limit, CancellationToken ct)
    {
        var conditions = Conditions(filter);
        var sql = $"select {EventLog.Columns} from events where org_id = @org and seq < @before{string.Concat(conditions.Select(c => $" and {c}"))} order by seq desc limit @limit";
        return (await db.QueryAsync<EventRow>(new CommandDefinition(sql, Parameters(org, filter, before, limit), cancellationToken: ct))).AsList();
    }

    /// <summary>The numbers of the events that were written within a time: the first and the last.</summary>
    /// <returns>Null when there is none.</returns>
    public static async Task<(long First, long Last)?> SpanAsync(NpgsqlConnection db, OrgId org, DateTimeOffset? since, DateTimeOffset? until, CancellationToken ct) =>
        await db.QuerySingleAsync<(long?, long?)>(new CommandDefinition(
            """
            select min(seq), max(seq) from events
            where org_id = @org and (@since::timestamptz is null or at >= @since) and (@until::timestamptz is null or at < @until)
            """, new { org, since, until }, cancellationToken: ct)) is ({ } first, { } last) ? (first, last) : null;

    /// <summary>The place of one event; null when it is not kept.</summary>
    public static async Task<ChainPlace?> PlaceAsync(NpgsqlConnection db, OrgId org, long seq, CancellationToken ct) =>
        await db.QuerySingleOrDefaultAsync<string?>(new CommandDefinition("select hash from events where org_id = @org and seq = @seq", new { org, seq }, cancellationToken: ct)) is { } hash
            ? new(seq, hash)
            : null;

    /// <summary>Only what is asked for stands in the query, so that the index which serves it is found.</summary>
    private static List<string> Conditions(AuditFilter filter)
    {
        var conditions = new List<string>();
        if (filter.Actor is not null)
            conditions.Add("actor = @Actor");
        if (filter.Type is [.., '*'])
            conditions.Add("type like @Type");
        else if (filter.Type is not null)
            conditions.Add("type = @Type");
        if (filter.Resource is not null)
            conditions.Add("subjects @> array[@Resource]");
        if (filter.Decision is not null)
            conditions.Add("decision = @Decision");
        if (filter.Address is not null)
            conditions.Add(filter.Address.Contains('/', StringComparison.Ordinal) ? "case when address ~ '^[0-9a-f:.]+$' then address::inet <<= @Address::inet end" : "address = @Address");
        if (filter.Since is not null)
            conditions.Add("at >= @Since");
        if (filter.Until is not null)
            conditions.Add("at < @Until");
        return conditions;
    }

    private static object Parameters(OrgId org, AuditFilter filter, long before, int limit) => new
    {
        org, before, limit, filter.Actor, filter.Resource, filter.Decision, filter.Address, filter.Since, filter.Until,
        Type = filter.Type is [.. var beginning, '*'] ? beginning.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%" : filter.Type,
    };
}
