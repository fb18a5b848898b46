using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Resources;

public static class ProjectTable
{
    private const string Columns = "id, org_id, name, description, version, created_at";

    /// <exception cref="PostgresException">Unique violation when the name is taken.</exception>
    public static async Task InsertAsync(Writing writing, ProjectId id, string name, string description, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into projects (id, org_id, name, description, created_at) values (@id, @Org, @name, @description, @At)",
            new { id, writing.Cause.Org, name, description, writing.At }, cancellationToken: ct));
        writing.Record(new("project.created", [id.ToString()], new() { ["name"] = name }));
    }

    public static Task<ProjectRow?> FindAsync(NpgsqlConnection db, OrgId org, string nameOrId, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<ProjectRow>(new CommandDefinition(
            $"select {Columns} from projects where org_id = @org and (name = @nameOrId or 'prj_' || replace(id::text, '-', '') = @nameOrId)",
            new { org, nameOrId }, cancellationToken: ct));

    public static async Task<IReadOnlyList<ProjectRow>> ListAsync(NpgsqlConnection db, OrgId org, ListPart part, CancellationToken ct) =>
        (await db.QueryAsync<ProjectRow>(new CommandDefinition(
            $"select {Columns} from projects where org_id = @org and name > @After and (@Only::uuid[] is null or id = any(@Only)) order by name limit @Limit",
            new { org, part.After, part.Limit, part.Only }, cancellationToken: ct))).AsList();

    /// <returns>Whether the row still had the expected version.</returns>
    public static async Task<bool> UpdateAsync(Writing writing, ProjectId id, long expected, string name, string description, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update projects set name = @name, description = @description, version = version + 1 where org_id = @Org and id = @id and version = @expected",
            new { writing.Cause.Org, id, expected, name, description }, cancellationToken: ct));
        if (changed is 1)
            writing.Record(new("project.updated", [id.ToString()], new() { ["name"] = name }));
        return changed is 1;
    }

    public static async Task<bool> DeleteAsync(Writing writing, ProjectId id, long expected, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            "delete from projects where org_id = @Org and id = @id and version = @expected", new { writing.Cause.Org, id, expected }, cancellationToken: ct));
        if (changed is 1)
            writing.Record(new("project.deleted", [id.ToString()], []));
        return changed is 1;
    }
}
