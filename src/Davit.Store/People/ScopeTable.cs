using Dapper;
using Davit.Model;
using Davit.Model.Access;
using Npgsql;

namespace Davit.Store.People;

/// <summary>What a path names: each segment a name or an id, null when the path does not go so far.</summary>
public sealed record ScopePath(string? Project, string? App, string? Env);

/// <summary>What of a path there is.</summary>
/// <param name="Missing">The kind and the name of the first segment that names nothing; null when all is there.</param>
public sealed record FoundScope(AccessTarget Target, (string Kind, string Name)? Missing);

/// <summary>Finds what rights are asked for in one reading.</summary>
public static class ScopeTable
{
    private const string Sql =
        """
        select p.id as project, a.id as app, e.id as env, coalesce(e.is_protected, false) as protected
        from (select 1) one
        left join projects p on p.org_id = @org and (p.name = @Project or 'prj_' || replace(p.id::text, '-', '') = @Project)
        left join apps a on a.project_id = p.id and (a.name = @App or 'app_' || replace(a.id::text, '-', '') = @App)
        left join envs e on e.app_id = a.id and (e.name = @Env or 'env_' || replace(e.id::text, '-', '') = @Env)
        """;

    public static async Task<FoundScope> FindAsync(NpgsqlConnection db, OrgId org, ScopePath path, CancellationToken ct)
    {
        var target = AccessTarget.Of(org);
        if (path.Project is null)
            return new(target, null);
        var (project, app, env, isProtected) = await db.QueryFirstAsync<(Guid?, Guid?, Guid?, bool)>(new CommandDefinition(Sql, new { org, path.Project, path.App, path.Env }, cancellationToken: ct));
        foreach (var (level, kind, name, id) in (ReadOnlySpan<(ScopeLevel, string, string?, Guid?)>)[(ScopeLevel.Project, "project", path.Project, project), (ScopeLevel.App, "app", path.App, app), (ScopeLevel.Env, "env", path.Env, env)])
        {
            if (name is null)
                break;
            if (id is not { } found)
                return new(target, (kind, name));
            target = target with { Chain = target.Chain.Add(new(level, found)) };
        }

        return new(target with { IsProtected = isProtected }, null);
    }

    /// <summary>The chain down to something that is named by level and id; null when the org has no such thing.</summary>
    public static async Task<AccessTarget?> GetAsync(NpgsqlConnection db, OrgId org, ScopeRef scope, CancellationToken ct)
    {
        if (scope.Level is ScopeLevel.Org)
            return scope.Id == org.Value ? AccessTarget.Of(org) : null;
        var found = await db.QueryFirstOrDefaultAsync<(Guid?, Guid?, Guid?, bool)?>(new CommandDefinition(
            """
            select p.id, a.id, e.id, coalesce(e.is_protected, false) from projects p
            left join apps a on a.project_id = p.id and @level in ('app', 'env')
            left join envs e on e.app_id = a.id and @level = 'env'
            where p.org_id = @org and @id = case @level when 'project' then p.id when 'app' then a.id else e.id end
            """, new { org, level = ScopeLevels.Text(scope.Level), id = scope.Id }, cancellationToken: ct));
        if (found is not var (project, app, env, isProtected))
            return null;
        IEnumerable<ScopeRef?> below = [project is { } p ? new(ScopeLevel.Project, p) : null, app is { } a ? new(ScopeLevel.App, a) : null, env is { } e ? new(ScopeLevel.Env, e) : null];
        return new([.. AccessTarget.Of(org).Chain, .. below.OfType<ScopeRef>()], isProtected);
    }
}
