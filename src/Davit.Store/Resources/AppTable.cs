using Dapper;
using Davit.Model;
using Davit.Store.Quotas;
using Npgsql;

namespace Davit.Store.Resources;

public static class AppTable
{
    private const string Columns = "id, org_id, project_id, name, description, version, created_at";

    public static async Task InsertAsync(Writing writing, AppRow app, CancellationToken ct)
    {
        await QuotaTable.ChargeAsync(writing, Quota.Apps, 1, ct);
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into apps (id, org_id, project_id, name, description, created_at)
            values (@Id, @OrgId, @ProjectId, @Name, @Description, @CreatedAt)
            """,
            new { app.Id, app.OrgId, app.ProjectId, app.Name, app.Description, app.CreatedAt }, cancellationToken: ct));
        writing.Record(new("app.created", [app.Id.ToString()], new() { ["name"] = app.Name }));
    }

    public static Task<AppRow?> FindAsync(NpgsqlConnection db, ProjectId project, string nameOrId, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<AppRow>(new CommandDefinition(
            $"select {Columns} from apps where project_id = @project and (name = @nameOrId or 'app_' || replace(id::text, '-', '') = @nameOrId)",
            new { project, nameOrId }, cancellationToken: ct));

    public static Task<AppRow?> GetAsync(NpgsqlConnection db, AppId id, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<AppRow>(new CommandDefinition($"select {Columns} from apps where id = @id", new { id }, cancellationToken: ct));

    public static async Task<IReadOnlyList<AppRow>> ListAsync(NpgsqlConnection db, ProjectId project, ListPart part, CancellationToken ct) =>
        (await db.QueryAsync<AppRow>(new CommandDefinition(
            $"select {Columns} from apps where project_id = @project and name > @After and (@Only::uuid[] is null or id = any(@Only)) order by name limit @Limit",
            new { project, part.After, part.Limit, part.Only }, cancellationToken: ct))).AsList();

    public static async Task<bool> UpdateAsync(Writing writing, AppId id, long expected, string name, string description, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update apps set name = @name, description = @description, version = version + 1 where org_id = @Org and id = @id and version = @expected",
            new { writing.Cause.Org, id, expected, name, description }, cancellationToken: ct));
        if (changed is 1)
            writing.Record(new("app.updated", [id.ToString()], new() { ["name"] = name }));
        return changed is 1;
    }

    /// <summary>Deletes an app that has no environment left, with everything only it refers to.</summary>
    public static async Task<bool> DeleteAsync(Writing writing, AppId id, long expected, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            delete from uploads where org_id = @Org and app_id = @id and exists (select 1 from apps where id = @id and version = @expected);
            delete from owned_objects where org_id = @Org and app_id = @id and exists (select 1 from apps where id = @id and version = @expected);
            delete from releases where org_id = @Org and app_id = @id and exists (select 1 from apps where id = @id and version = @expected);
            """,
            new { writing.Cause.Org, id, expected }, cancellationToken: ct));
        changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            "delete from apps where org_id = @Org and id = @id and version = @expected", new { writing.Cause.Org, id, expected }, cancellationToken: ct));
        if (changed is 1)
        {
            await QuotaTable.ChargeAsync(writing, Quota.Apps, -1, ct);
            writing.Record(new("app.deleted", [id.ToString()], []));
        }

        return changed is 1;
    }

    /// <summary>Nobody else makes a release of the app until the write ends.</summary>
    public static Task LockAsync(Writing writing, AppId id, CancellationToken ct) =>
        writing.Db.ExecuteAsync(new CommandDefinition("select 1 from apps where id = @id for no key update", new { id }, cancellationToken: ct));

    /// <returns>The next release number of the app, from 1 without gaps among committed releases.</returns>
    public static Task<int> NextReleaseNumberAsync(Writing writing, AppId id, CancellationToken ct) =>
        writing.Db.ExecuteScalarAsync<int>(new CommandDefinition(
            "update apps set releases = releases + 1 where id = @id returning releases", new { id }, cancellationToken: ct));
}
