using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Resources;

public static class OrgTable
{
    private const string Columns = "id, name, version, created_at";

    public static async Task InsertAsync(Writing writing, OrgId id, string name, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into orgs (id, name, created_at) values (@id, @name, @At)", new { id, name, writing.At }, cancellationToken: ct));
        writing.Record(new("org.created", [id.ToString()], new() { ["name"] = name }));
    }

    /// <exception cref="PostgresException">Unique violation when the name is taken.</exception>
    /// <param name="expected">The version it was made for; null for whichever.</param>
    /// <returns>Whether the row still had the expected version.</returns>
    public static async Task<bool> RenameAsync(Writing writing, OrgId id, long? expected, string name, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update orgs set name = @name, version = version + 1 where id = @id and (@expected::bigint is null or version = @expected)", new { id, expected, name }, cancellationToken: ct)) is 1;
        if (changed)
            writing.Record(new("org.renamed", [id.ToString()], new() { ["name"] = name }));
        return changed;
    }

    public static async Task<IReadOnlyList<OrgRow>> OfUserAsync(NpgsqlConnection db, UserId user, CancellationToken ct) =>
        (await db.QueryAsync<OrgRow>(new CommandDefinition(
            $"select {Columns} from orgs where id in (select org_id from members where user_id = @user and suspended_at is null) order by name", new { user }, cancellationToken: ct))).AsList();

    public static Task<OrgRow?> FindAsync(NpgsqlConnection db, OrgId visible, string nameOrId, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<OrgRow>(new CommandDefinition(
            $"select {Columns} from orgs where id = @visible and (name = @nameOrId or 'org_' || replace(id::text, '-', '') = @nameOrId)",
            new { visible, nameOrId }, cancellationToken: ct));

    /// <summary>Whoever asks must not learn of one that he does not belong to.</summary>
    public static async Task<OrgId?> NamedAsync(NpgsqlConnection db, string nameOrId, CancellationToken ct) =>
        await db.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            "select id from orgs where name = @nameOrId or 'org_' || replace(id::text, '-', '') = @nameOrId", new { nameOrId }, cancellationToken: ct)) is { } id ? OrgId.From(id) : null;

    /// <summary>The oldest first: the one that the installation began with.</summary>
    public static async Task<IReadOnlyList<OrgId>> AllAsync(NpgsqlConnection db, CancellationToken ct) =>
        [.. (await db.QueryAsync<Guid>(new CommandDefinition("select id from orgs order by created_at, id", cancellationToken: ct))).Select(OrgId.From)];
}
