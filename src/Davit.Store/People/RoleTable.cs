using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.People;

/// <summary>The roles that an org made itself.</summary>
public static class RoleTable
{
    private const string Columns = "id, name, description, permissions, version, created_at";

    public static async Task InsertAsync(Writing writing, RoleRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into roles (id, org_id, name, description, permissions, created_at) values (@Id, @Org, @Name, @Description, @Permissions, @CreatedAt)",
            new { row.Id, writing.Cause.Org, row.Name, row.Description, row.Permissions, row.CreatedAt }, cancellationToken: ct));
        writing.Record(new("role.created", [row.Id.ToString()], new() { ["name"] = row.Name, ["permissions"] = string.Join(' ', row.Permissions) }));
    }

    public static Task<RoleRow?> FindAsync(NpgsqlConnection db, OrgId org, string nameOrId, CancellationToken ct) => db.QuerySingleOrDefaultAsync<RoleRow>(new CommandDefinition(
        $"select {Columns} from roles where org_id = @org and (name = @nameOrId or 'rol_' || replace(id::text, '-', '') = @nameOrId)", new { org, nameOrId }, cancellationToken: ct));

    public static async Task<IReadOnlyList<RoleRow>> ListAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        (await db.QueryAsync<RoleRow>(new CommandDefinition($"select {Columns} from roles where org_id = @org order by name", new { org }, cancellationToken: ct))).AsList();

    public static async Task<bool> UpdateAsync(Writing writing, RoleRow before, long expected, RoleRow after, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update roles set name = @Name, description = @Description, permissions = @Permissions, version = version + 1 where org_id = @Org and id = @Id and version = @expected",
            new { writing.Cause.Org, before.Id, expected, after.Name, after.Description, after.Permissions }, cancellationToken: ct)) is 1;
        if (changed)
            writing.Record(new("role.updated", [before.Id.ToString()], new() { ["before"] = string.Join(' ', before.Permissions), ["after"] = string.Join(' ', after.Permissions) }));
        return changed;
    }

    /// <returns>The grants that use it.</returns>
    public static async Task<IReadOnlyList<GrantId>> UsedByAsync(NpgsqlConnection db, RoleId id, CancellationToken ct) =>
        [.. (await db.QueryAsync<Guid>(new CommandDefinition("select id from grants where role_id = @id order by id limit 20", new { id }, cancellationToken: ct))).Select(GrantId.From)];

    public static async Task<bool> DeleteAsync(Writing writing, RoleId id, long expected, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition("delete from roles where org_id = @Org and id = @id and version = @expected", new { writing.Cause.Org, id, expected }, cancellationToken: ct)) is 1;
        if (changed)
            writing.Record(new("role.deleted", [id.ToString()], []));
        return changed;
    }
}
