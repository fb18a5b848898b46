using System.Text.Json.Nodes;
using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Quotas;

/// <param name="Max">Null is unlimited.</param>
public sealed record QuotaRow(string Dimension, long? Max, long Used);

/// <summary>
/// Counters of what an org has, one row per dimension. Whoever takes or gives back locks the rows until his transaction ends,
/// so that no limit is ever overshot, and what is rolled back was never taken.
/// </summary>
public static class QuotaTable
{
    public static async Task<IReadOnlyList<QuotaRow>> ListAsync(NpgsqlConnection db, OrgId org, CancellationToken ct)
    {
        await EnsureAsync(db, org, ct);
        var rows = (await db.QueryAsync<QuotaRow>(new CommandDefinition("select dimension, max, used from quotas where org_id = @org", new { org }, cancellationToken: ct))).ToDictionary(r => r.Dimension, StringComparer.Ordinal);
        rows[Quota.Builds] = rows[Quota.Builds] with { Used = await BuildSlots.TakenAsync(db, org, ct) };
        return [.. Quota.All.Select(q => rows[q.Name])];
    }

    public static Task ChargeAsync(Writing writing, string dimension, long delta, CancellationToken ct) =>
        ChargeAsync(writing, new Dictionary<string, long>(StringComparer.Ordinal) { [dimension] = delta }, isForced: false, ct);

    /// <param name="isForced">Take it even beyond the limit: it is there already.</param>
    /// <exception cref="ProblemException">DV7301 with everything that is exceeded.</exception>
    public static async Task ChargeAsync(Writing writing, IReadOnlyDictionary<string, long> deltas, bool isForced, CancellationToken ct)
    {
        var changes = deltas.Where(d => d.Value is not 0).ToDictionary(StringComparer.Ordinal);
        if (changes.Count is 0)
            return;
        var rows = await LockAsync(writing.Db, writing.Cause.Org, [.. changes.Keys], ct);
        QuotaExcess[] excess = [.. rows.Where(r => changes[r.Dimension] > 0 && r.Used + changes[r.Dimension] > r.Max).Select(r => new QuotaExcess(r.Dimension, r.Max!.Value, r.Used, changes[r.Dimension]))];
        if (excess is not [] && !isForced)
            throw new ProblemException(LimitProblems.Exceeded(excess));
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update quotas q set used = greatest(0, used + d.delta) from unnest(@names, @amounts) as d(name, delta) where q.org_id = @Org and q.dimension = d.name",
            new { writing.Cause.Org, names = changes.Keys.ToArray(), amounts = changes.Values.ToArray() }, cancellationToken: ct));
    }

    /// <summary>Locks rows in one order everywhere, making those that are not there yet.</summary>
    internal static async Task<IReadOnlyList<QuotaRow>> LockAsync(NpgsqlConnection db, OrgId org, string[] names, CancellationToken ct)
    {
        var rows = await SelectAsync();
        if (rows.Count == names.Length)
            return rows;
        await EnsureAsync(db, org, ct);
        return await SelectAsync();

        async Task<IReadOnlyList<QuotaRow>> SelectAsync() => (await db.QueryAsync<QuotaRow>(new CommandDefinition(
            "select dimension, max, used from quotas where org_id = @org and dimension = any(@names) order by dimension for update", new { org, names }, cancellationToken: ct))).AsList();
    }

    /// <summary>A row begins with what there is: an org may be older than its quotas.</summary>
    internal static Task EnsureAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        """
        insert into quotas (org_id, dimension, max, used)
        select @org, d.name, case when @org = (select id from orgs order by created_at, id limit 1) then null else d.standard end,
          case d.name when 'apps' then (select count(*) from apps where org_id = @org) when 'environments' then (select count(*) from envs where org_id = @org)
            else coalesce((select sum(amount) from quota_shares where org_id = @org and dimension = d.name), 0) end
        from unnest(@names, @limits) as d(name, standard)
        on conflict do nothing
        """, new { org, names = Quota.All.Select(q => q.Name).ToArray(), limits = Quota.All.Select(q => q.Standard).ToArray() }, cancellationToken: ct));

    public static async Task<long> VersionAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        await db.ExecuteScalarAsync<long?>(new CommandDefinition("select version from quota_versions where org_id = @org", new { org }, cancellationToken: ct)) ?? 0;

    /// <summary>A limit below what is used stops growth and takes nothing away.</summary>
    /// <returns>Whether the limits still had the expected version.</returns>
    public static async Task<bool> SetAsync(Writing writing, IReadOnlyDictionary<string, long?> limits, long expected, CancellationToken ct)
    {
        var version = await writing.Db.ExecuteScalarAsync<long>(new CommandDefinition(
            "insert into quota_versions (org_id, version) values (@Org, 1) on conflict (org_id) do update set version = quota_versions.version + 1 returning version", new { writing.Cause.Org }, cancellationToken: ct));
        if (version != expected + 1)
            return false;
        var before = await LockAsync(writing.Db, writing.Cause.Org, [.. limits.Keys], ct);
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update quotas q set max = l.max from unnest(@names, @amounts) as l(name, max) where q.org_id = @Org and q.dimension = l.name",
            new { writing.Cause.Org, names = limits.Keys.ToArray(), amounts = limits.Values.ToArray() }, cancellationToken: ct));
        writing.Record(new("quota.set", [writing.Cause.Org.ToString()], new JsonObject
        {
            ["before"] = new JsonObject(before.Select(b => KeyValuePair.Create(b.Dimension, (JsonNode?)b.Max))), ["after"] = new JsonObject(limits.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))),
        }));
        return true;
    }
}
