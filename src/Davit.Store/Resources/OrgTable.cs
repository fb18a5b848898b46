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

    public static Task<OrgRow?> FindAsync(NpgsqlConnection db, OrgId visible, string nameOrId, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<OrgRow>(new CommandDefinition(
            $"select {Columns} from orgs where id = @visible and (name = @nameOrId or 'org_' || replace(id::text, '-', '') = @nameOrId)",
            new { visible, nameOrId }, cancellationToken: ct));

    /// <summary>The oldest first: the one that the installation began with.</summary>
    public static async Task<IReadOnlyList<OrgId>> AllAsync(NpgsqlConnection db, CancellationToken ct) =>
        [.. (await db.QueryAsync<Guid>(new CommandDefinition("select id from orgs order by created_at, id", cancellationToken: ct))).Select(OrgId.From)];
}
