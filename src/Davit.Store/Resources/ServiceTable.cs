using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Resources;

/// <summary>The ids of services: one per name and environment, given at the first release that has it and never again.</summary>
public static class ServiceTable
{
    public static Task EnsureAsync(Writing writing, EnvId env, IEnumerable<string> names, CancellationToken ct) => writing.Db.ExecuteAsync(new CommandDefinition(
        "insert into services (id, org_id, env_id, name, created_at) values (@id, @Org, @env, @name, @At) on conflict (env_id, name) do nothing",
        names.Order(StringComparer.Ordinal).Select(name => new { id = Guid.CreateVersion7(writing.At), writing.Cause.Org, env, name, writing.At }), cancellationToken: ct));

    public static async Task<IReadOnlyDictionary<string, ServiceId>> IdsAsync(NpgsqlConnection db, EnvId env, CancellationToken ct) =>
        (await db.QueryAsync<(Guid Id, string Name)>(new CommandDefinition("select id, name from services where env_id = @env", new { env }, cancellationToken: ct)))
            .ToDictionary(r => r.Name, r => ServiceId.From(r.Id), StringComparer.Ordinal);
}
