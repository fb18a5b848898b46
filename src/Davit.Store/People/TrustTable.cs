using Dapper;
using Davit.Model;
using Davit.Store.Access;
using Npgsql;

namespace Davit.Store.People;

/// <summary>What the claims of a token must be.</summary>
/// <param name="Claims">The claim's name, and a pattern in which <c>*</c> stands for any run of characters.</param>
public sealed record TrustConditions(IReadOnlyDictionary<string, string> Claims);

/// <summary>Which identity tokens a service principal's tokens are given for.</summary>
public sealed record TrustRow
{
    public required TrustRuleId Id { get; init; }

    public required OrgId OrgId { get; init; }

    public required ServicePrincipalId ServiceId { get; init; }

    /// <summary>The principal's name.</summary>
    public string Principal { get; init; } = "";

    public required string Name { get; init; }

    public required string Issuer { get; init; }

    public required string Audience { get; init; }

    public required TrustConditions Conditions { get; init; }

    /// <summary>The role whose permissions the tokens are confined to; null for all of the principal's.</summary>
    public string? Role { get; init; }

    public string[]? Permissions { get; init; }

    public string? WithinLevel { get; init; }

    public Guid? WithinId { get; init; }

    public required int LifeS { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Trust rules of orgs, and the tokens that were exchanged.</summary>
public static class TrustTable
{
    private const string Select =
        """
        select r.id, r.org_id, r.service_id, s.name as principal, r.name, r.issuer, r.audience, r.conditions::text as conditions, r.role, r.permissions, r.within_level, r.within_id, r.life_s, r.version, r.created_at
        from trust_rules r join service_principals s on s.id = r.service_id
        """;

    public static async Task<IReadOnlyList<TrustRow>> ListAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        (await db.QueryAsync<TrustRow>(new CommandDefinition($"{Select} where r.org_id = @org order by r.name", new { org }, cancellationToken: ct))).AsList();

    public static Task<TrustRow?> FindAsync(NpgsqlConnection db, OrgId org, string nameOrId, CancellationToken ct) => db.QuerySingleOrDefaultAsync<TrustRow>(new CommandDefinition(
        $"{Select} where r.org_id = @org and (r.name = @nameOrId or 'trl_' || replace(r.id::text, '-', '') = @nameOrId)", new { org, nameOrId }, cancellationToken: ct));

    /// <summary>For whoever shows a token: he names the rule, and is not known yet.</summary>
    public static Task<TrustRow?> GetAsync(NpgsqlConnection db, TrustRuleId id, CancellationToken ct) => db.QuerySingleOrDefaultAsync<TrustRow>(new CommandDefinition($"{Select} where r.id = @id", new { id }, cancellationToken: ct));

    /// <exception cref="PostgresException">Unique violation when the name is taken.</exception>
    public static async Task InsertAsync(Writing writing, TrustRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into trust_rules (id, org_id, service_id, name, issuer, audience, conditions, role, permissions, within_level, within_id, life_s, created_at)
            values (@Id, @Org, @ServiceId, @Name, @Issuer, @Audience, @Conditions::jsonb, @Role, @Permissions, @WithinLevel, @WithinId, @LifeS, @CreatedAt)
            """,
            new { row.Id, writing.Cause.Org, row.ServiceId, row.Name, row.Issuer, row.Audience, row.Conditions, row.Role, row.Permissions, row.WithinLevel, row.WithinId, row.LifeS, row.CreatedAt }, cancellationToken: ct));
        writing.Record(new("trust-rule.created", [row.Id.ToString(), row.ServiceId.ToString()], new() { ["name"] = row.Name, ["issuer"] = row.Issuer }));
    }

    /// <summary>What was given by it ends.</summary>
    public static async Task<bool> DeleteAsync(Writing writing, TrustRuleId id, long expected, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition("update tokens set revoked_at = @At where trust_rule_id = @id and revoked_at is null", new { id, writing.At }, cancellationToken: ct));
        var deleted = await writing.Db.ExecuteAsync(new CommandDefinition("delete from trust_rules where id = @id and org_id = @Org and version = @expected", new { id, writing.Cause.Org, expected }, cancellationToken: ct)) is 1;
        if (deleted)
            writing.Record(new("trust-rule.deleted", [id.ToString()], []));
        return deleted;
    }

    /// <returns>False when it was exchanged before.</returns>
    public static async Task<bool> SpendAsync(NpgsqlConnection db, TrustRuleId rule, string assertion, DateTimeOffset until, CancellationToken ct) => await db.ExecuteAsync(new CommandDefinition(
        "insert into spent_assertions (rule_id, hash, expires_at) values (@rule, @hash, @until) on conflict do nothing", new { rule, hash = TokenTable.Hash(assertion), until }, cancellationToken: ct)) is 1;
}
