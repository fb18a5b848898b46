using Dapper;
using Davit.Model;
using Davit.Model.Access;
using Npgsql;

namespace Davit.Store.People;

/// <summary>A role given to somebody on something.</summary>
public sealed record GrantRow
{
    public required GrantId Id { get; init; }

    public UserId? UserId { get; init; }

    public TeamId? TeamId { get; init; }

    public ServicePrincipalId? ServiceId { get; init; }

    /// <summary>The address, or the name of the team or service principal.</summary>
    public string To { get; init; } = "";

    /// <summary>The role's name.</summary>
    public required string Role { get; init; }

    /// <summary>Null for built-in roles.</summary>
    public RoleId? RoleId { get; init; }

    public required string ScopeLevel { get; init; }

    public required Guid ScopeId { get; init; }

    public required bool IsDeny { get; init; }

    public required bool ReachesProtected { get; init; }

    public required bool NeedsSecondFactor { get; init; }

    public required string[] Networks { get; init; }

    public required string Reason { get; init; }

    public required string GrantedBy { get; init; }

    public required DateTimeOffset? ExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public ScopeRef Scope => new(ScopeLevels.Parse(ScopeLevel), ScopeId);
}

public static class GrantTable
{
    private const string Select =
        """
        select g.id, g.user_id, g.team_id, g.service_id, coalesce(u.email, t.name, s.name) as to, coalesce(g.role, r.name) as role, g.role_id, g.scope_level, g.scope_id, g.is_deny, g.reaches_protected,
          g.needs_second_factor, g.networks, g.reason, g.granted_by, g.expires_at, g.created_at
        from grants g left join users u on u.id = g.user_id left join teams t on t.id = g.team_id left join service_principals s on s.id = g.service_id left join roles r on r.id = g.role_id
        """;

    /// <exception cref="PostgresException">Foreign key violation when whom it is for has just gone.</exception>
    public static async Task InsertAsync(Writing writing, GrantRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into grants (id, org_id, user_id, team_id, service_id, role, role_id, scope_level, scope_id, is_deny, reaches_protected, needs_second_factor, networks, reason, granted_by, expires_at, created_at)
            values (@Id, @Org, @UserId, @TeamId, @ServiceId, @role, @RoleId, @ScopeLevel, @ScopeId, @IsDeny, @ReachesProtected, @NeedsSecondFactor, @Networks, @Reason, @GrantedBy, @ExpiresAt, @CreatedAt)
            """,
            new
            {
                row.Id, writing.Cause.Org, row.UserId, row.TeamId, row.ServiceId, role = row.RoleId is null ? row.Role : null, row.RoleId, row.ScopeLevel, row.ScopeId, row.IsDeny, row.ReachesProtected,
                row.NeedsSecondFactor, row.Networks, row.Reason, row.GrantedBy, row.ExpiresAt, row.CreatedAt,
            }, cancellationToken: ct));
        writing.Record(new("grant.created", [row.Id.ToString(), Holder(row), row.Scope.ToString()], new() { ["role"] = row.Role, ["deny"] = row.IsDeny, ["reason"] = row.Reason }));
    }

    /// <param name="on">Only those on this scope, when given.</param>
    public static async Task<IReadOnlyList<GrantRow>> ListAsync(NpgsqlConnection db, OrgId org, Guid? on, CancellationToken ct) =>
        (await db.QueryAsync<GrantRow>(new CommandDefinition($"{Select} where g.org_id = @org and (@on::uuid is null or g.scope_id = @on) order by g.created_at desc limit 1000", new { org, on }, cancellationToken: ct))).AsList();

    public static Task<GrantRow?> GetAsync(NpgsqlConnection db, OrgId org, GrantId id, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<GrantRow>(new CommandDefinition($"{Select} where g.org_id = @org and g.id = @id", new { org, id }, cancellationToken: ct));

    /// <summary>What a team, and those above it, give to their members.</summary>
    public static async Task<IReadOnlyList<(IReadOnlyCollection<string> Permissions, ScopeRef On)>> OfTeamAsync(NpgsqlConnection db, OrgId org, TeamId team, CancellationToken ct) =>
        [.. (await db.QueryAsync<(string? Role, string[]? Permissions, string Level, Guid Scope)>(new CommandDefinition(
            """
            with recursive up as (select id, parent_id from teams where id = @team union select t.id, t.parent_id from teams t join up on t.id = up.parent_id)
            select g.role, r.permissions, g.scope_level, g.scope_id from grants g left join roles r on r.id = g.role_id
            where g.org_id = @org and not g.is_deny and g.team_id in (select id from up)
            """, new { org, team }, cancellationToken: ct))).Select(r => ((IReadOnlyCollection<string>)(r.Permissions ?? [.. BuiltInRoles.PermissionsOf(r.Role!)]), new ScopeRef(ScopeLevels.Parse(r.Level), r.Scope)))];

    public static async Task<bool> DeleteAsync(Writing writing, GrantRow row, CancellationToken ct)
    {
        var removed = await writing.Db.ExecuteAsync(new CommandDefinition("delete from grants where org_id = @Org and id = @Id", new { writing.Cause.Org, row.Id }, cancellationToken: ct)) is 1;
        if (removed)
            writing.Record(new("grant.removed", [row.Id.ToString(), Holder(row), row.Scope.ToString()], new() { ["role"] = row.Role }));
        return removed;
    }

    private static string Holder(GrantRow row) => row.UserId?.ToString() ?? row.TeamId?.ToString() ?? row.ServiceId!.Value.ToString();
}
