using System.Text.Json.Nodes;
using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Access;

/// <summary>What an org has set about its callers. What is null is the server's own.</summary>
public sealed record OrgLimitRow
{
    public long? ReadsPerMinute { get; init; }

    public long? WritesPerMinute { get; init; }

    /// <summary>Where requests may come from; everywhere when it is empty.</summary>
    public string[] Networks { get; init; } = [];

    /// <summary>0 when nobody has set anything.</summary>
    public long Version { get; init; }
}

public static class OrgLimitTable
{
    public static async Task<OrgLimitRow> GetAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        await db.QuerySingleOrDefaultAsync<OrgLimitRow>(new CommandDefinition(
            "select reads_per_minute, writes_per_minute, networks, version from org_limits where org_id = @org", new { org }, cancellationToken: ct)) ?? new();

    /// <returns>Whether it still had the expected version.</returns>
    public static async Task<bool> SetAsync(Writing writing, OrgLimitRow was, OrgLimitRow now, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            was.Version is 0
                ? "insert into org_limits (org_id, reads_per_minute, writes_per_minute, networks, version) values (@Org, @ReadsPerMinute, @WritesPerMinute, @Networks, 1) on conflict do nothing"
                : "update org_limits set reads_per_minute = @ReadsPerMinute, writes_per_minute = @WritesPerMinute, networks = @Networks, version = version + 1 where org_id = @Org and version = @Expected",
            new { writing.Cause.Org, now.ReadsPerMinute, now.WritesPerMinute, now.Networks, Expected = was.Version }, cancellationToken: ct));
        if (changed is 1)
            writing.Record(new("org.limits-set", [writing.Cause.Org.ToString()], new JsonObject { ["before"] = Describe(was), ["after"] = Describe(now) }));
        return changed is 1;
    }

    private static JsonObject Describe(OrgLimitRow row) => new()
    {
        ["readsPerMinute"] = row.ReadsPerMinute, ["writesPerMinute"] = row.WritesPerMinute, ["networks"] = new JsonArray([.. row.Networks.Select(n => JsonValue.Create(n))]),
    };
}
