using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Ledger;

/// <summary>Something in the runtime that is ours and no instance.</summary>
/// <param name="Kind"><c>network</c>, <c>volume</c> or <c>image</c>; <c>helper</c> for what opens a volume, <c>scratch</c> for a volume that a restore is tried in, <c>snapshot</c> for one that holds a snapshot.</param>
public sealed record OwnedObject(string Kind, string Name);

/// <summary>Every object in the runtime that we made, written down before it exists.</summary>
public static class ObjectLedger
{
    public static async Task InsertAsync(Writing writing, AppId app, EnvId? env, OwnedObject item, CancellationToken ct) =>
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into owned_objects (kind, name, org_id, app_id, env_id, created_at) values (@Kind, @Name, @Org, @app, @env, @At)
            on conflict (kind, name) do update set removed_at = null
            """, new { item.Kind, item.Name, writing.Cause.Org, app, env, writing.At }, cancellationToken: ct));

    public static async Task<IReadOnlyList<OwnedObject>> OfEnvAsync(NpgsqlConnection db, EnvId env, CancellationToken ct) =>
        (await db.QueryAsync<OwnedObject>(new CommandDefinition(
            "select kind, name from owned_objects where env_id = @env and removed_at is null order by kind, name", new { env }, cancellationToken: ct))).AsList();

    public static async Task<IReadOnlyList<OwnedObject>> OfAppAsync(NpgsqlConnection db, AppId app, CancellationToken ct) =>
        (await db.QueryAsync<OwnedObject>(new CommandDefinition(
            "select kind, name from owned_objects where app_id = @app and env_id is null and removed_at is null order by kind, name", new { app }, cancellationToken: ct))).AsList();

    /// <summary>What is only there for the moment, helpers first because they hold scratch volumes.</summary>
    public static async Task<IReadOnlyList<((OrgId Org, EnvId Id) Env, OwnedObject Item)>> PassingAsync(NpgsqlConnection db, CancellationToken ct) =>
        [.. (await db.QueryAsync<(Guid Org, Guid Env, string Kind, string Name)>(new CommandDefinition(
            "select org_id, env_id, kind, name from owned_objects where kind in ('helper', 'scratch') and removed_at is null order by kind, name", cancellationToken: ct)))
            .Select(o => ((OrgId.From(o.Org), EnvId.From(o.Env)), new OwnedObject(o.Kind, o.Name)))];

    public static async Task MarkRemovedAsync(Writing writing, OwnedObject item, CancellationToken ct) =>
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update owned_objects set removed_at = @At where kind = @Kind and name = @Name", new { item.Kind, item.Name, writing.At }, cancellationToken: ct));
}
