using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.People;

/// <summary>What the members of a provider's group become.</summary>
/// <param name="Role">A built-in role; null for none.</param>
/// <param name="Team">A team; null for none.</param>
public sealed record ProviderMapping(string Group, string? Role, Guid? Team);

/// <summary>Whom of a provider's people an org lets in, and as what.</summary>
public sealed record ProviderPolicy
{
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Of mail addresses; accounts are made and linked for these alone.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Accounts are made for people who have none.</summary>
    public bool Creates { get; init; }

    /// <summary>An account of this org alone is linked by its verified address.</summary>
    public bool LinksVerified { get; init; }

    /// <summary>For people of no mapped group; null keeps them out.</summary>
    public string? DefaultRole { get; init; }

    public string GroupsClaim { get; init; } = "groups";

    /// <summary>What the provider says of second factors is believed.</summary>
    public bool TrustsFactors { get; init; }

    public IReadOnlyList<ProviderMapping> Mappings { get; init; } = [];
}

public sealed record ProviderRow
{
    public required ProviderId Id { get; init; }

    public required OrgId OrgId { get; init; }

    public required string Name { get; init; }

    public required string Issuer { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Sealed; null for a client without one.</summary>
    public byte[]? Secret { get; init; }

    public required ProviderPolicy Policy { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Identity providers of orgs.</summary>
public static class ProviderTable
{
    private const string Select = "select p.id, p.org_id, p.name, p.issuer, p.client_id, p.secret, p.policy::text as policy, p.version, p.created_at from identity_providers p";

    public static async Task<IReadOnlyList<ProviderRow>> ListAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        (await db.QueryAsync<ProviderRow>(new CommandDefinition($"{Select} where p.org_id = @org order by p.name", new { org }, cancellationToken: ct))).AsList();

    public static Task<ProviderRow?> FindAsync(NpgsqlConnection db, OrgId org, string nameOrId, CancellationToken ct) => db.QuerySingleOrDefaultAsync<ProviderRow>(new CommandDefinition(
        $"{Select} where p.org_id = @org and (p.name = @nameOrId or 'idp_' || replace(p.id::text, '-', '') = @nameOrId)", new { org, nameOrId }, cancellationToken: ct));

    public static Task<ProviderRow?> GetAsync(NpgsqlConnection db, ProviderId id, CancellationToken ct) => db.QuerySingleOrDefaultAsync<ProviderRow>(new CommandDefinition(
        $"{Select} where p.id = @id", new { id }, cancellationToken: ct));

    /// <summary>For whoever is not signed in yet, by the names of org and provider.</summary>
    public static Task<ProviderRow?> NamedAsync(NpgsqlConnection db, string org, string name, CancellationToken ct) => db.QuerySingleOrDefaultAsync<ProviderRow>(new CommandDefinition(
        $"{Select} join orgs o on o.id = p.org_id where o.name = @org and o.deleted_at is null and p.name = @name", new { org, name }, cancellationToken: ct));

    /// <exception cref="PostgresException">Unique violation when the name is taken.</exception>
    public static async Task InsertAsync(Writing writing, ProviderRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into identity_providers (id, org_id, name, issuer, client_id, secret, policy, created_at) values (@Id, @Org, @Name, @Issuer, @ClientId, @Secret, @Policy::jsonb, @CreatedAt)",
            new { row.Id, writing.Cause.Org, row.Name, row.Issuer, row.ClientId, row.Secret, row.Policy, row.CreatedAt }, cancellationToken: ct));
        Record(writing, "provider.created", row);
    }

    /// <returns>Whether the row still had the expected version.</returns>
    public static async Task<bool> UpdateAsync(Writing writing, ProviderRow row, long expected, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update identity_providers set issuer = @Issuer, client_id = @ClientId, secret = @Secret, policy = @Policy::jsonb, version = version + 1 where id = @Id and org_id = @Org and version = @expected",
            new { row.Id, writing.Cause.Org, row.Issuer, row.ClientId, row.Secret, row.Policy, expected }, cancellationToken: ct)) is 1;
        if (changed)
            Record(writing, "provider.updated", row);
        return changed;
    }

    /// <summary>Its identities go with it, and what it opened ends.</summary>
    public static async Task<bool> DeleteAsync(Writing writing, ProviderId id, long expected, CancellationToken ct)
    {
        await SessionTable.EndOfProviderAsync(writing, id, "its identity provider was removed", ct);
        await writing.Db.ExecuteAsync(new CommandDefinition("update tokens set revoked_at = @At where provider_id = @id and revoked_at is null", new { id, writing.At }, cancellationToken: ct));
        var deleted = await writing.Db.ExecuteAsync(new CommandDefinition("delete from identity_providers where id = @id and org_id = @Org and version = @expected", new { id, writing.Cause.Org, expected }, cancellationToken: ct)) is 1;
        if (deleted)
            writing.Record(new("provider.deleted", [id.ToString()], []));
        return deleted;
    }

    /// <summary>Subjects of one issuer are not those of another.</summary>
    public static Task ForgetIdentitiesAsync(Writing writing, ProviderId id, CancellationToken ct) => writing.Db.ExecuteAsync(new CommandDefinition(
        "delete from identities where provider_id = @id", new { id }, cancellationToken: ct));

    private static void Record(Writing writing, string kind, ProviderRow row) =>
        writing.Record(new(kind, [row.Id.ToString()], new() { ["name"] = row.Name, ["issuer"] = row.Issuer, ["client"] = row.ClientId }));
}
