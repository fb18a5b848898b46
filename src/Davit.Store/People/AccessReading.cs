using System.Collections.Frozen;
using System.Collections.Immutable;
using Dapper;
using Davit.Model;
using Davit.Model.Access;
using Npgsql;

namespace Davit.Store.People;

/// <summary>Who is asked about: exactly one is set.</summary>
public sealed record PrincipalRef(UserId? User, ServicePrincipalId? Service)
{
    /// <summary>A sign-in without a factor: a passkey that the person has but did not show does not count.</summary>
    public bool ShowedNoFactor { get; init; }
}

/// <summary>Reads what a principal holds in an org. Nothing is remembered: what was taken away is gone with the next request, on every replica.</summary>
public static class AccessReading
{
    private const string Sql =
        """
        with recursive mine as (
            select t.id, t.parent_id, t.name from team_members m join teams t on t.id = m.team_id where m.org_id = @org and m.user_id = @user
            union select p.id, p.parent_id, p.name from teams p join mine on p.id = mine.parent_id
        ), owing as (
            select @user::uuid is not null and o.second_factor_from <= @now
                and not exists (select 1 from users u where u.id = @user and (u.totp_confirmed or (not @bare and exists (select 1 from passkeys k where k.user_id = u.id)))) as factor
            from orgs o where o.id = @org and o.deleted_at is null
        )
        select 'membership' as id, m.role, null::text[] as permissions, 'org' as level, m.org_id as scope, null::uuid as project, null::uuid as app,
               false as deny, false as protected, false as factor, '{}'::text[] as networks, '' as team, coalesce(owing.factor, false) as owing
        from members m cross join owing where m.org_id = @org and m.user_id = @user and m.suspended_at is null and m.role <> ''
        union all
        select 'grt_' || replace(g.id::text, '-', ''), coalesce(g.role, r.name), r.permissions, g.scope_level, g.scope_id, coalesce(p.id, a.project_id, ea.project_id), coalesce(a.id, ea.id),
               g.is_deny, g.reaches_protected, g.needs_second_factor, g.networks, coalesce(t.name, ''), coalesce(owing.factor, false)
        from grants g cross join owing
        left join roles r on r.id = g.role_id
        left join mine t on t.id = g.team_id
        left join projects p on g.scope_level = 'project' and p.id = g.scope_id
        left join apps a on g.scope_level = 'app' and a.id = g.scope_id
        left join envs e on g.scope_level = 'env' and e.id = g.scope_id
        left join apps ea on ea.id = e.app_id
        where g.org_id = @org and (g.expires_at is null or g.expires_at > @now)
          and (g.service_id = @service or ((g.user_id = @user or t.id is not null) and exists (select 1 from members s where s.org_id = @org and s.user_id = @user and s.suspended_at is null)))
        """;

    public static async Task<ImmutableArray<HeldGrant>> OfAsync(NpgsqlConnection db, OrgId org, PrincipalRef principal, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(Sql, new { org, user = principal.User?.Value, service = principal.Service?.Value, bare = principal.ShowedNoFactor, now }, cancellationToken: ct));
        return [.. rows.Select(r => Held(org, r))];
    }

    /// <summary>Every member and service principal of an org with what they hold.</summary>
    public static async Task<IReadOnlyList<(string Id, string Name, string Kind, ImmutableArray<HeldGrant> Grants)>> OfAllAsync(NpgsqlConnection db, OrgId org, DateTimeOffset now, CancellationToken ct)
    {
        var users = (await db.QueryAsync<(Guid Id, string Name)>(new CommandDefinition("select u.id, u.email from members m join users u on u.id = m.user_id where m.org_id = @org and m.suspended_at is null order by u.email_key", new { org }, cancellationToken: ct))).AsList();
        var services = (await db.QueryAsync<(Guid Id, string Name)>(new CommandDefinition("select id, name from service_principals where org_id = @org order by name", new { org }, cancellationToken: ct))).AsList();
        var all = new List<(string, string, string, ImmutableArray<HeldGrant>)>(users.Count + services.Count);
        foreach (var (id, name) in users)
            all.Add((UserId.From(id).ToString(), name, "user", await OfAsync(db, org, new PrincipalRef(UserId.From(id), null), now, ct)));
        foreach (var (id, name) in services)
            all.Add((ServicePrincipalId.From(id).ToString(), name, "service", await OfAsync(db, org, new PrincipalRef(null, ServicePrincipalId.From(id)), now, ct)));
        return all;
    }

    private static HeldGrant Held(OrgId org, Row row)
    {
        var isBuiltIn = row.Permissions is null;
        return new HeldGrant(row.Id, row.Role, isBuiltIn ? BuiltInRoles.PermissionsOf(row.Role) : row.Permissions!.ToFrozenSet(StringComparer.Ordinal), Chain(org, row))
        {
            Team = row.Team, IsDeny = row.Deny, ReachesProtected = row.Protected || (isBuiltIn && BuiltInRoles.ReachesProtected(row.Role)), Networks = [.. row.Networks], NeedsSecondFactor = row.Factor, IsHeldBack = row.Owing,
        };
    }

    private static ImmutableArray<ScopeRef> Chain(OrgId org, Row row)
    {
        var level = ScopeLevels.Parse(row.Level);
        ImmutableArray<ScopeRef> chain = [new(ScopeLevel.Org, org.Value)];
        if (row.Project is { } project)
            chain = chain.Add(new(ScopeLevel.Project, project));
        if (row.App is { } app)
            chain = chain.Add(new(ScopeLevel.App, app));
        return level is ScopeLevel.Env ? chain.Add(new(level, row.Scope)) : chain;
    }

    private sealed record Row
    {
        public required string Id { get; init; }

        public required string Role { get; init; }

        public string[]? Permissions { get; init; }

        public required string Level { get; init; }

        public required Guid Scope { get; init; }

        public Guid? Project { get; init; }

        public Guid? App { get; init; }

        public required bool Deny { get; init; }

        public required bool Protected { get; init; }

        public required bool Factor { get; init; }

        public required string[] Networks { get; init; }

        public required string Team { get; init; }

        public required bool Owing { get; init; }
    }
}

/// <summary>Levels as rows and requests write them.</summary>
public static class ScopeLevels
{
    public static string Text(ScopeLevel level) => level.ToString().ToLowerInvariant();

    public static ScopeLevel Parse(string text) => text switch
    {
        "org" => ScopeLevel.Org,
        "project" => ScopeLevel.Project,
        "app" => ScopeLevel.App,
        "env" => ScopeLevel.Env,
        _ => throw new ArgumentOutOfRangeException(nameof(text), text, "no level"),
    };
}
