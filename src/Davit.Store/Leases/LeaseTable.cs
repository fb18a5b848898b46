using System.Data;
using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Leases;

/// <summary>Leases in PostgreSQL. Time is the database's clock, so replicas whose clocks differ agree.</summary>
public static class LeaseTable
{
    public const string Channel = "davit_leases";

    // Any number that no other user of the same database takes advisory locks in.
    internal const int LockClass = 0x64617669;

    /// <summary>Of a row of leases; its parameter is <see cref="LockClass"/>.</summary>
    internal const string IsFree =
        """
        (leases.expires_at < clock_timestamp() or not exists (
          select 1 from pg_locks l where l.locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database())
          and l.classid = @LockClass and l.objid = leases.session and l.objsubid = 2))
        """;

    /// <summary>Gives the connection a number whose advisory lock it holds for as long as it lives.</summary>
    public static async Task<int> OpenSessionAsync(NpgsqlConnection session, CancellationToken ct)
    {
        var number = await session.ExecuteScalarAsync<int>(new CommandDefinition("select nextval('sessions')", cancellationToken: ct));
        await session.ExecuteAsync(new CommandDefinition("select pg_advisory_lock(@LockClass, @number)", new { LockClass, number }, cancellationToken: ct));
        return number;
    }

    /// <summary>Gives the session's lock back now; a pool keeps the connection, and with it the lock, for longer. A broken one has no lock any more.</summary>
    public static async Task CloseSessionAsync(NpgsqlConnection session)
    {
        try
        {
            if (session.State is ConnectionState.Open)
                await session.ExecuteAsync(new CommandDefinition("select pg_advisory_unlock_all()", commandTimeout: 2, cancellationToken: CancellationToken.None));
        }
        catch (NpgsqlException)
        {
        }
    }

    /// <returns>Null while somebody else holds it.</returns>
    public static async Task<Lease?> TakeAsync(NpgsqlConnection db, string name, string holder, int session, CancellationToken ct)
    {
        var taken = await db.QuerySingleOrDefaultAsync<(long Fence, int Takings)?>(new CommandDefinition(
            $"""
            insert into leases (name, holder, session, fence, taken_at, expires_at)
            values (@name, @holder, @session, nextval('fences'), clock_timestamp(), clock_timestamp() + @Lifetime)
            on conflict (name) do update set holder = @holder, session = @session, fence = nextval('fences'), takings = leases.takings + 1,
              taken_at = clock_timestamp(), expires_at = clock_timestamp() + @Lifetime
            where {IsFree}
            returning fence, takings
            """, new { name, holder, session, Lease.Lifetime, LockClass }, cancellationToken: ct));
        return taken is { } got ? new Lease(name, holder, got.Fence, got.Takings) : null;
    }

    /// <summary>One that has expired is not renewed: somebody may have acted since.</summary>
    /// <returns>The fences of those that are held on.</returns>
    public static async Task<IReadOnlySet<long>> RenewAsync(NpgsqlConnection db, int session, CancellationToken ct) =>
        (await db.QueryAsync<long>(new CommandDefinition(
            "update leases set expires_at = clock_timestamp() + @Lifetime where session = @session and expires_at > clock_timestamp() returning fence",
            new { session, Lease.Lifetime }, cancellationToken: ct))).ToHashSet();

    /// <summary>Gives it back aloud, so that others need not wait for its end.</summary>
    public static Task ReleaseAsync(NpgsqlConnection db, Lease lease, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        $"delete from leases where name = @Name and fence = @Fence; select pg_notify('{Channel}', @Name)", new { lease.Name, lease.Fence }, cancellationToken: ct));

    public static Task<bool> IsHeldAsync(NpgsqlConnection db, string name, CancellationToken ct) => db.ExecuteScalarAsync<bool>(new CommandDefinition(
        $"select exists (select 1 from leases where name = @name and not {IsFree})", new { name, LockClass }, cancellationToken: ct));

    /// <exception cref="ProblemException">DV4108 when the lease has ended; the transaction must not go on.</exception>
    public static async Task CheckAsync(NpgsqlConnection db, Lease lease, CancellationToken ct)
    {
        var isHeld = await db.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select 1 from leases where name = @Name and fence = @Fence and expires_at > clock_timestamp())", new { lease.Name, lease.Fence }, cancellationToken: ct));
        if (!isHeld)
            throw new ProblemException(StoreProblems.LeaseEnded(lease.Name, lease.Holder, lease.Fence));
    }

    public static async Task<IReadOnlyList<LeaseRow>> ListAsync(NpgsqlConnection db, CancellationToken ct) =>
        (await db.QueryAsync<LeaseRow>(new CommandDefinition(
            $"select name, holder, fence, takings, taken_at, expires_at, not {IsFree} as is_held from leases order by name", new { LockClass }, cancellationToken: ct))).AsList();
}
