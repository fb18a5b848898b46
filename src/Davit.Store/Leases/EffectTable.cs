using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Leases;

/// <summary>Something done outside of PostgreSQL.</summary>
/// <param name="Name">Such as <c>start-instance</c>.</param>
/// <param name="Subject">What it is done to; with the name it says what a repeat finds.</param>
public sealed record Effect(EnvId Env, DeploymentId? Deployment, string Name, string Subject);

public sealed record EffectRow(long Id, EnvId EnvId, DeploymentId? DeploymentId, string Name, string Subject, string Lease, long Fence, string Holder, DateTimeOffset BeganAt);

/// <summary>The journal of effects. Beginning an effect and showing the lease for it are one statement.</summary>
public static class EffectTable
{
    /// <returns>The entry's number.</returns>
    /// <exception cref="ProblemException">DV4108 when the lease has ended: nothing may be done.</exception>
    public static async Task<long> BeginAsync(NpgsqlConnection db, Lease lease, Effect effect, CancellationToken ct) =>
        await db.ExecuteScalarAsync<long?>(new CommandDefinition(
            """
            insert into effects (env_id, deployment_id, name, subject, lease, fence, holder, began_at)
            select @Env, @Deployment, @Name, @Subject, @Lease, @Fence, @Holder, clock_timestamp()
            where exists (select 1 from leases where name = @Lease and fence = @Fence and expires_at > clock_timestamp())
            returning id
            """,
            new { effect.Env, effect.Deployment, effect.Name, effect.Subject, Lease = lease.Name, lease.Fence, lease.Holder }, cancellationToken: ct))
        ?? throw new ProblemException(StoreProblems.LeaseEnded(lease.Name, lease.Holder, lease.Fence));

    public static Task EndAsync(NpgsqlConnection db, long id, string? error, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition("update effects set ended_at = clock_timestamp(), error = @error where id = @id", new { id, error }, cancellationToken: ct));

    /// <summary>Effects of an environment that were begun under older fences and never ended: their outcome is not known.</summary>
    /// <returns>Them, now marked as cut off.</returns>
    public static async Task<IReadOnlyList<EffectRow>> CutOffAsync(NpgsqlConnection db, EnvId env, long before, CancellationToken ct) =>
        (await db.QueryAsync<EffectRow>(new CommandDefinition(
            """
            update effects set ended_at = clock_timestamp(), error = 'cut off: its process ended' where env_id = @env and ended_at is null and fence < @before
            returning id, env_id, deployment_id, name, subject, lease, fence, holder, began_at
            """, new { env, before }, cancellationToken: ct))).AsList();

    public static async Task<IReadOnlyList<EffectRow>> OpenAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        (await db.QueryAsync<EffectRow>(new CommandDefinition(
            """
            select f.id, f.env_id, f.deployment_id, f.name, f.subject, f.lease, f.fence, f.holder, f.began_at
            from effects f join envs e on e.id = f.env_id where f.ended_at is null and e.org_id = @org order by f.id
            """, new { org }, cancellationToken: ct))).AsList();

    public static Task<int> ForgetAsync(NpgsqlConnection db, DateTimeOffset before, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition("delete from effects where began_at < @before", new { before }, cancellationToken: ct));
}
