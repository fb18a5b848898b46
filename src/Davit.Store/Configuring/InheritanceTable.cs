using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Configuring;

/// <summary>An environment in the chain that another one takes values from.</summary>
/// <param name="GivesSecrets">Whether those below it get its secrets, too.</param>
public sealed record ChainedEnv(EnvId Id, string Name, bool GivesSecrets);

/// <summary>Which environment takes values from which.</summary>
public static class InheritanceTable
{
    /// <summary>More are refused when they are set; the limit keeps a reading from going round for ever whatever is stored.</summary>
    public const int Longest = 8;

    /// <returns>The environment itself first, then whom it takes values from, and so on.</returns>
    public static async Task<IReadOnlyList<ChainedEnv>> ChainAsync(NpgsqlConnection db, EnvId env, CancellationToken ct) =>
        [.. (await db.QueryAsync<(Guid Id, string Name, bool Gives)>(new CommandDefinition(
            """
            with recursive chain as (
                select @env::uuid as id, 0 as depth
                union all select i.inherits, c.depth + 1 from chain c join env_inheritance i on i.env_id = c.id where i.inherits is not null and c.depth <= @Longest
            )
            select e.id, e.name, coalesce(i.gives_secrets, false) from chain c join envs e on e.id = c.id left join env_inheritance i on i.env_id = e.id order by c.depth
            """, new { env, Longest }, cancellationToken: ct))).Select(e => new ChainedEnv(EnvId.From(e.Id), e.Name, e.Gives))];

    /// <summary>Until the end of the transaction nobody else changes the links of this app's environments.</summary>
    public static Task LockAsync(Writing writing, AppId app, CancellationToken ct) =>
        writing.Db.ExecuteAsync(new CommandDefinition("select 1 from apps where id = @app for no key update", new { app }, cancellationToken: ct));

    public static async Task SetAsync(Writing writing, EnvId env, EnvId? inherits, bool givesSecrets, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into env_inheritance (env_id, org_id, inherits, gives_secrets) values (@env, @Org, @From, @givesSecrets)
            on conflict (env_id) do update set inherits = excluded.inherits, gives_secrets = excluded.gives_secrets, version = env_inheritance.version + 1
            """, new { env, writing.Cause.Org, From = inherits?.Value, givesSecrets }, cancellationToken: ct));
        writing.Record(new("env.inheritance-set", inherits is { } from ? [env.ToString(), from.ToString()] : [env.ToString()], new() { ["inherits"] = inherits?.ToString(), ["givesSecrets"] = givesSecrets }));
    }
}
