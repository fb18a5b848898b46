using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Resources;

/// <summary>Anything with an id, and where the API keeps it.</summary>
/// <param name="Prefix">The kind, as ids begin.</param>
/// <param name="Path">Below the org's own path.</param>
public sealed record ThingRow(string Prefix, Guid Id, string Path);

/// <summary>Finds a thing by nothing but its id.</summary>
public static class ThingTable
{
    private const string Things =
        """
        with app_paths as (
            select a.id, a.org_id, '/projects/' || p.name || '/apps/' || a.name as path from apps a join projects p on p.id = a.project_id
        ), env_paths as (
            select e.id, e.org_id, a.path || '/envs/' || e.name as path from envs e join app_paths a on a.id = e.app_id
        ), things as (
            select 'org' as prefix, id, org_id, path from (select id, id as org_id, '' as path from orgs) o
            union all select 'prj', id, org_id, '/projects/' || name from projects
            union all select 'app', id, org_id, path from app_paths
            union all select 'env', id, org_id, path from env_paths
            union all select 'svc', s.id, s.org_id, e.path || '/services/' || s.name from services s join env_paths e on e.id = s.env_id
            union all select 'rte', c.id, c.org_id, e.path || '/routes/rte_' || replace(c.id::text, '-', '') from route_claims c join env_paths e on e.id = c.env_id
            union all select 'ins', i.id, i.org_id, e.path || '/instances/ins_' || replace(i.id::text, '-', '') from instances i join env_paths e on e.id = i.env_id
            union all select 'rel', r.id, r.org_id, a.path || '/releases/rel_' || replace(r.id::text, '-', '') from releases r join app_paths a on a.id = r.app_id
            union all select 'dep', d.id, d.org_id, e.path || '/deployments/dep_' || replace(d.id::text, '-', '') from deployments d join env_paths e on e.id = d.env_id
            union all select 'bkp', b.id, b.org_id, e.path || '/backups/bkp_' || replace(b.id::text, '-', '') from backups b join env_paths e on e.id = b.env_id
            union all select 'rst', r.id, r.org_id, e.path || '/restores/rst_' || replace(r.id::text, '-', '') from restores r join env_paths e on e.id = r.env_id
            union all select 'snp', s.id, s.org_id, e.path || '/snapshots/snp_' || replace(s.id::text, '-', '') from snapshots s join env_paths e on e.id = s.env_id
            union all select 'sec', s.id, s.org_id, coalesce(e.path, a.path, '/projects/' || p.name, '') || '/secrets/sec_' || replace(s.id::text, '-', '')
              from secrets s left join env_paths e on e.id = s.env_id left join app_paths a on a.id = s.app_id left join projects p on p.id = s.project_id
            union all select 'var', v.id, v.org_id, coalesce(e.path, a.path, '/projects/' || p.name, '') || '/variables/var_' || replace(v.id::text, '-', '')
              from variables v left join env_paths e on e.id = v.env_id left join app_paths a on a.id = v.app_id left join projects p on p.id = v.project_id
            union all select 'rcp', id, org_id, '/receipts/rcp_' || replace(id::text, '-', '') from receipts
        )
        """;

    /// <param name="id">The digits of a whole id.</param>
    public static Task<ThingRow?> GetAsync(NpgsqlConnection db, OrgId org, string prefix, Guid id, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<ThingRow>(new CommandDefinition(
            $"{Things} select prefix, id, path from things where prefix = @prefix and id = @id and org_id = @org", new { org, prefix, id }, cancellationToken: ct));

    /// <param name="ending">The last digits of an id, six or more.</param>
    /// <returns>At most two, which is enough to know that the ending is not unique.</returns>
    public static async Task<IReadOnlyList<ThingRow>> EndingAsync(NpgsqlConnection db, OrgId org, string ending, CancellationToken ct) =>
        (await db.QueryAsync<ThingRow>(new CommandDefinition(
            $"{Things} select prefix, id, path from things where org_id = @org and replace(id::text, '-', '') like '%' || @ending order by id desc limit 2",
            new { org, ending }, cancellationToken: ct))).AsList();
}
