using Dapper;
using Davit.Model;

namespace Davit.Store.Quotas;

/// <summary>What one environment takes of its org's quotas.</summary>
public static class ShareTable
{
    private static readonly string[] Dimensions = [Quota.Cpu, Quota.Instances, Quota.Memory, Quota.Routes, Quota.Volumes];

    /// <summary>What is read under these locks about shares, and about what they are made from, stays true until the end of the transaction.</summary>
    public static Task LockAsync(Writing writing, CancellationToken ct) => QuotaTable.LockAsync(writing.Db, writing.Cause.Org, Dimensions, ct);

    /// <summary>Takes what is more than before and gives back what is less.</summary>
    /// <param name="amounts">By dimension; what is not named is 0.</param>
    /// <param name="isForced">Take it even beyond the limit: it is there already.</param>
    /// <exception cref="ProblemException">DV7301.</exception>
    public static async Task SetAsync(Writing writing, EnvId env, IReadOnlyDictionary<string, long> amounts, bool isForced, CancellationToken ct)
    {
        await LockAsync(writing, ct);
        var had = (await writing.Db.QueryAsync<(string Dimension, long Amount)>(new CommandDefinition(
            "select dimension, amount from quota_shares where env_id = @env", new { env }, cancellationToken: ct))).ToDictionary(r => r.Dimension, r => r.Amount, StringComparer.Ordinal);
        var changes = Dimensions.ToDictionary(d => d, d => amounts.GetValueOrDefault(d) - had.GetValueOrDefault(d), StringComparer.Ordinal);
        if (changes.Values.All(c => c is 0))
            return;
        await QuotaTable.ChargeAsync(writing, changes, isForced, ct);
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into quota_shares (env_id, org_id, dimension, amount) select @env, @Org, d.name, d.amount from unnest(@Dimensions, @all) as d(name, amount)
            on conflict (env_id, dimension) do update set amount = excluded.amount
            """, new { env, writing.Cause.Org, Dimensions, all = Dimensions.Select(d => amounts.GetValueOrDefault(d)).ToArray() }, cancellationToken: ct));
    }

    /// <summary>Nothing is left of the environment.</summary>
    public static Task FreeAsync(Writing writing, EnvId env, CancellationToken ct) => SetAsync(writing, env, new Dictionary<string, long>(StringComparer.Ordinal), isForced: true, ct);

    /// <summary>Counts everything anew. The shares of environments must be right already.</summary>
    /// <returns>The counters that were wrong.</returns>
    public static async Task<IReadOnlyList<(string Dimension, long Was, long Is)>> RecountAsync(Writing writing, CancellationToken ct)
    {
        await QuotaTable.LockAsync(writing.Db, writing.Cause.Org, [.. Quota.All.Select(q => q.Name)], ct);
        return [.. await writing.Db.QueryAsync<(string, long, long)>(new CommandDefinition(
            """
            with counted as (
                select 'apps' as dimension, (select count(*) from apps where org_id = @Org) as amount
                union all select 'environments', (select count(*) from envs where org_id = @Org)
                union all select d.name, coalesce((select sum(amount) from quota_shares where org_id = @Org and dimension = d.name), 0) from unnest(@Dimensions) as d(name)
            ), wrong as (
                select q.dimension, q.used as was, c.amount::bigint as amount from quotas q join counted c on c.dimension = q.dimension where q.org_id = @Org and q.used <> c.amount
            ), corrected as (
                update quotas q set used = w.amount from wrong w where q.org_id = @Org and q.dimension = w.dimension
            )
            select dimension, was, amount from wrong
            """, new { writing.Cause.Org, Dimensions }, cancellationToken: ct))];
    }
}
