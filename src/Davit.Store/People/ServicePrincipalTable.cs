using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.People;

/// <summary>Principals that are no persons.</summary>
public static class ServicePrincipalTable
{
    private const string Columns = "id, name, description, version, created_at";

    public static async Task InsertAsync(Writing writing, ServicePrincipalRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into service_principals (id, org_id, name, description, created_at) values (@Id, @Org, @Name, @Description, @CreatedAt)",
            new { row.Id, writing.Cause.Org, row.Name, row.Description, row.CreatedAt }, cancellationToken: ct));
        writing.Record(new("principal.created", [row.Id.ToString()], new() { ["name"] = row.Name }));
    }

    public static Task<ServicePrincipalRow?> FindAsync(NpgsqlConnection db, OrgId org, string nameOrId, CancellationToken ct) => db.QuerySingleOrDefaultAsync<ServicePrincipalRow>(new CommandDefinition(
        $"select {Columns} from service_principals where org_id = @org and (name = @nameOrId or 'spn_' || replace(id::text, '-', '') = @nameOrId)", new { org, nameOrId }, cancellationToken: ct));

    public static async Task<IReadOnlyList<ServicePrincipalRow>> ListAsync(NpgsqlConnection db, OrgId org, string after, int limit, CancellationToken ct) =>
        (await db.QueryAsync<ServicePrincipalRow>(new CommandDefinition($"select {Columns} from service_principals where org_id = @org and name > @after order by name limit @limit", new { org, after, limit }, cancellationToken: ct))).AsList();

    /// <summary>Its grants and tokens go with it.</summary>
    public static async Task<bool> DeleteAsync(Writing writing, ServicePrincipalId id, long expected, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition("delete from service_principals where org_id = @Org and id = @id and version = @expected", new { writing.Cause.Org, id, expected }, cancellationToken: ct)) is 1;
        if (changed)
            writing.Record(new("principal.deleted", [id.ToString()], []));
        return changed;
    }
}
