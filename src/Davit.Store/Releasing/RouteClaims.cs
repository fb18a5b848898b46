using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Releasing;

/// <summary>Hosts, paths and ports that environments hold. The database's own uniqueness settles races.</summary>
public static class RouteClaims
{
    /// <summary>Takes what is free and keeps what the environment holds already.</summary>
    /// <returns>The first claim that another environment holds, and its name; null when all are ours now.</returns>
    public static async Task<(string Claim, string Holder)?> TakeAsync(
        Writing writing, EnvId env, DeploymentId deployment, IReadOnlyList<string> claims, CancellationToken ct)
    {
        // In one order everywhere, so that two environments that want the same claims wait for each other instead of deadlocking.
        foreach (var claim in claims.Order(StringComparer.Ordinal))
        {
            var holder = await writing.Db.QuerySingleAsync<(Guid Env, string Name)>(new CommandDefinition(
                """
                with taken as (
                    insert into route_claims (id, org_id, env_id, claim, deployment_id, created_at)
                    values (@id, @Org, @env, @claim, @deployment, @At)
                    on conflict (claim) do update set claim = excluded.claim
                    returning env_id
                )
                select e.id, a.name || '/' || e.name from taken t join envs e on e.id = t.env_id join apps a on a.id = e.app_id
                """, new { id = Guid.CreateVersion7(writing.At), writing.Cause.Org, env, claim, deployment, writing.At }, cancellationToken: ct));
            if (holder.Env != env.Value)
                return (claim, holder.Name);
        }

        return null;
    }

    /// <summary>The ids of what an environment holds, by claim.</summary>
    public static async Task<IReadOnlyDictionary<string, RouteId>> IdsAsync(NpgsqlConnection db, EnvId env, CancellationToken ct) =>
        (await db.QueryAsync<(Guid Id, string Claim)>(new CommandDefinition("select id, claim from route_claims where env_id = @env", new { env }, cancellationToken: ct)))
            .ToDictionary(r => r.Claim, r => RouteId.From(r.Id), StringComparer.Ordinal);

    /// <summary>Lets go of everything but these.</summary>
    public static async Task KeepOnlyAsync(Writing writing, EnvId env, IReadOnlyList<string> claims, CancellationToken ct) =>
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "delete from route_claims where env_id = @env and claim <> all(@claims)", new { env, claims = claims.ToArray() }, cancellationToken: ct));
}
