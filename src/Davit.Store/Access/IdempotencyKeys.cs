using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Access;

/// <summary>What is known of an idempotency key. Closed.</summary>
public abstract record KeyState
{
    private KeyState()
    {
    }

    /// <summary>Never seen: the caller holds it now.</summary>
    public sealed record Taken : KeyState;

    public sealed record Answered(int Status, string Response) : KeyState;

    public sealed record InFlight : KeyState;

    /// <summary>Seen with another body.</summary>
    public sealed record Reused : KeyState;
}

/// <summary>Which operation a key belongs to; keys of different callers and operations do not meet.</summary>
public sealed record KeySpace(OrgId Org, string Actor, string Operation, string Key);

public static class IdempotencyKeys
{
    /// <summary>
    /// After this a key without an answer may be taken by a repeat. Harmless when its first holder still works: answers are
    /// kept in the transaction of the change, and only one of the two can keep one.
    /// </summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromSeconds(15);

    public static async Task<KeyState> TakeAsync(NpgsqlConnection db, KeySpace space, string bodyHash, DateTimeOffset now, CancellationToken ct)
    {
        // A key that its holder lets go between the two looks is free: try again.
        while (true)
        {
            if (await TryTakeAsync(db, space, bodyHash, now, ct) is { } state)
                return state;
        }
    }

    private static async Task<KeyState?> TryTakeAsync(NpgsqlConnection db, KeySpace space, string bodyHash, DateTimeOffset now, CancellationToken ct)
    {
        var inserted = await db.ExecuteAsync(new CommandDefinition(
            """
            insert into idempotency (org_id, actor, operation, key, body_hash, created_at) values (@Org, @Actor, @Operation, @Key, @bodyHash, @now)
            on conflict (org_id, actor, operation, key) do update set created_at = excluded.created_at
            where idempotency.status is null and idempotency.body_hash = excluded.body_hash and idempotency.created_at < @abandoned
            """,
            new { space.Org, space.Actor, space.Operation, space.Key, bodyHash, now, abandoned = now - Abandoned }, cancellationToken: ct));
        if (inserted is 1)
            return new KeyState.Taken();

        var found = await db.QuerySingleOrDefaultAsync<(string, int?, string?)?>(new CommandDefinition(
            "select body_hash, status, response from idempotency where org_id = @Org and actor = @Actor and operation = @Operation and key = @Key",
            new { space.Org, space.Actor, space.Operation, space.Key }, cancellationToken: ct));
        if (found is not var (hash, status, response))
            return null;
        return hash != bodyHash ? new KeyState.Reused() : status is { } code ? new KeyState.Answered(code, response ?? "") : new KeyState.InFlight();
    }

    /// <summary>Belongs into the transaction of the change that is answered.</summary>
    /// <returns>False when another request has answered under this key, or let it go: the change must not be committed.</returns>
    public static async Task<bool> AnswerAsync(NpgsqlConnection db, KeySpace space, int status, string response, CancellationToken ct) => await db.ExecuteAsync(new CommandDefinition(
        "update idempotency set status = @status, response = @response where org_id = @Org and actor = @Actor and operation = @Operation and key = @Key and status is null",
        new { space.Org, space.Actor, space.Operation, space.Key, status, response }, cancellationToken: ct)) is 1;

    /// <summary>Frees the key of a request that changed nothing (it was refused or broke); one that has an answer stays.</summary>
    public static Task<int> ReleaseAsync(NpgsqlConnection db, KeySpace space, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "delete from idempotency where org_id = @Org and actor = @Actor and operation = @Operation and key = @Key and status is null",
        new { space.Org, space.Actor, space.Operation, space.Key }, cancellationToken: ct));

    public static Task<int> ForgetAsync(NpgsqlConnection db, DateTimeOffset before, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "delete from idempotency where created_at < @before", new { before }, cancellationToken: ct));
}
