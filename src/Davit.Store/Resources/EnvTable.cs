using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Davit.Model;
using Davit.Store.Quotas;
using Npgsql;

namespace Davit.Store.Resources;

public static class EnvTable
{
    private const string Select =
        """
        select e.id, e.org_id, e.app_id, a.name as app_name, p.name as project_name, e.name, e.version, e.serving_id, e.scale, e.stopped, e.deleting, e.is_protected, e.drift_policy, e.created_at,
          array(select volume from backups where env_id = e.id and stops and state in ('waiting', 'running')
            union select volume from snapshots where env_id = e.id and method = 'stopped' and state in ('waiting', 'running')
            union select volume from restores where env_id = e.id and kind <> 'proof' and state in ('waiting', 'running', 'replacing')) as held_volumes
        from envs e join apps a on a.id = e.app_id join projects p on p.id = a.project_id
        """;

    public static async Task InsertAsync(Writing writing, EnvId id, AppId app, string name, CancellationToken ct)
    {
        await QuotaTable.ChargeAsync(writing, Quota.Environments, 1, ct);
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into envs (id, org_id, app_id, name, created_at) values (@id, @Org, @app, @name, @At)",
            new { id, writing.Cause.Org, app, name, writing.At }, cancellationToken: ct));
        writing.Wake(id);
        writing.Record(new("env.created", [id.ToString(), app.ToString()], new() { ["name"] = name }));
    }

    public static async Task SetProtectedAsync(Writing writing, EnvId id, bool isProtected, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition("update envs set is_protected = @isProtected, version = version + 1 where id = @id", new { id, isProtected }, cancellationToken: ct));
        writing.Record(new(isProtected ? "env.protected" : "env.unprotected", [id.ToString()], []));
    }

    public static Task<EnvRow?> FindAsync(NpgsqlConnection db, AppId app, string nameOrId, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<EnvRow>(new CommandDefinition(
            $"{Select} where e.app_id = @app and (e.name = @nameOrId or 'env_' || replace(e.id::text, '-', '') = @nameOrId)",
            new { app, nameOrId }, cancellationToken: ct));

    public static Task<EnvRow?> GetAsync(NpgsqlConnection db, EnvId id, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<EnvRow>(new CommandDefinition($"{Select} where e.id = @id", new { id }, cancellationToken: ct));

    public static async Task<IReadOnlyList<EnvRow>> ListAsync(NpgsqlConnection db, AppId app, ListPart part, CancellationToken ct) =>
        (await db.QueryAsync<EnvRow>(new CommandDefinition(
            $"{Select} where e.app_id = @app and e.name > @After and (@Only::uuid[] is null or e.id = any(@Only)) order by e.name limit @Limit", new { app, part.After, part.Limit, part.Only }, cancellationToken: ct))).AsList();

    /// <summary>Every environment of the installation, for the reconciler.</summary>
    public static async Task<IReadOnlyList<EnvRow>> AllAsync(NpgsqlConnection db, CancellationToken ct) =>
        (await db.QueryAsync<EnvRow>(new CommandDefinition($"{Select} order by e.id", cancellationToken: ct))).AsList();

    /// <summary>Those of an org that nobody deletes yet.</summary>
    public static async Task<IReadOnlyList<EnvRow>> StandingAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        (await db.QueryAsync<EnvRow>(new CommandDefinition($"{Select} where e.org_id = @org and not e.deleting order by e.id", new { org }, cancellationToken: ct))).AsList();

    /// <summary>Until the end of the transaction nobody else puts a deployment into its queue.</summary>
    public static Task LockAsync(Writing writing, EnvId id, CancellationToken ct) =>
        writing.Db.ExecuteAsync(new CommandDefinition("select 1 from envs where id = @id for update", new { id }, cancellationToken: ct));

    /// <summary>Until the end of the transaction nobody else makes or deploys a release of the apps that these belong to.</summary>
    public static async Task LockOfReleasesAsync(Writing writing, IReadOnlyList<ReleaseId> releases, CancellationToken ct)
    {
        var ids = releases.Select(r => r.Value).ToArray();
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "select 1 from apps where id in (select app_id from releases where id = any(@ids)) order by id for no key update", new { ids }, cancellationToken: ct));
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "select 1 from envs where app_id in (select app_id from releases where id = any(@ids)) order by id for update", new { ids }, cancellationToken: ct));
    }

    public static async Task SetServingAsync(Writing writing, EnvId id, DeploymentId serving, CancellationToken ct) =>
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update envs set serving_id = @serving, stopped = false, version = version + 1 where id = @id", new { id, serving }, cancellationToken: ct));

    /// <summary>Changes the scale of the services that are named; what somebody else just asked of the others stays.</summary>
    public static async Task SetScaleAsync(Writing writing, EnvId id, IReadOnlyDictionary<string, int> scale, CancellationToken ct)
    {
        var all = await writing.Db.ExecuteScalarAsync<string>(new CommandDefinition(
            "update envs set scale = scale || @scale::jsonb, version = version + 1 where id = @id returning scale::text",
            new { id, scale = JsonSerializer.Serialize(scale, DavitJson.Options) }, cancellationToken: ct));
        writing.Wake(id);
        writing.Record(new("env.scaled", [id.ToString()], new() { ["scale"] = JsonNode.Parse(all ?? "{}") }));
    }

    public static async Task SetStoppedAsync(Writing writing, EnvId id, bool stopped, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update envs set stopped = @stopped, version = version + 1 where id = @id and stopped <> @stopped", new { id, stopped }, cancellationToken: ct));
        writing.Wake(id);
        writing.Record(new(stopped ? "env.stopped" : "env.started", [id.ToString()], []));
    }

    /// <param name="policy"><c>repair</c> or <c>report</c>.</param>
    public static async Task SetDriftPolicyAsync(Writing writing, EnvId id, string policy, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update envs set drift_policy = @policy, version = version + 1 where id = @id", new { id, policy }, cancellationToken: ct));
        writing.Wake(id);
        writing.Record(new("env.drift-policy-set", [id.ToString()], new() { ["policy"] = policy }));
    }

    public static async Task<bool> MarkDeletingAsync(Writing writing, EnvId id, long expected, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update envs set deleting = true, version = version + 1 where id = @id and version = @expected", new { id, expected }, cancellationToken: ct));
        if (changed is 1)
        {
            writing.Wake(id);
            writing.Record(new("env.deleting", [id.ToString()], []));
        }

        return changed is 1;
    }

    /// <summary>Removes the rows of an environment of which nothing is left in the world. Events and receipts stay.</summary>
    public static async Task EraseAsync(Writing writing, EnvRow env, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            delete from route_claims where env_id = @Id;
            delete from services where env_id = @Id;
            delete from instances where env_id = @Id;
            delete from owned_objects where env_id = @Id;
            delete from snapshots where env_id = @Id;
            delete from deployments where env_id = @Id;
            select 1 from envs where id = @Id for update;
            """,
            new { env.Id }, cancellationToken: ct));

        // Counters are locked after the rows that they count, as by everybody else.
        await ShareTable.FreeAsync(writing, env.Id, ct);
        if (await writing.Db.ExecuteAsync(new CommandDefinition("delete from envs where id = @Id", new { env.Id }, cancellationToken: ct)) is 1)
            await QuotaTable.ChargeAsync(writing, Quota.Environments, -1, ct);
        writing.Record(new("env.deleted", [env.Id.ToString(), env.AppId.ToString()], new JsonObject { ["name"] = env.Name }));
    }
}
