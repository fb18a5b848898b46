using Dapper;
using Davit.Model;
using Davit.Store.Access;
using Npgsql;

namespace Davit.Store.People;

/// <summary>Sign-ins that last. Only hashes of what clients show are kept.</summary>
public static class SessionTable
{
    private const string Columns = "id, user_id, kind, expires_at, ends_at, has_second_factor, proven_at, address, device, created_at, last_used_at, org_id, provider_id";

    public static async Task InsertAsync(Writing writing, SessionRow row, string token, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            $"insert into user_sessions ({Columns}, hash) values (@Id, @UserId, @Kind, @ExpiresAt, @EndsAt, @HasSecondFactor, @ProvenAt, @Address, @Device, @CreatedAt, @LastUsedAt, @OrgId, @ProviderId, @hash)",
            new { row.Id, row.UserId, row.Kind, row.ExpiresAt, row.EndsAt, row.HasSecondFactor, row.ProvenAt, row.Address, row.Device, row.CreatedAt, row.LastUsedAt, row.OrgId, row.ProviderId, hash = TokenTable.Hash(token) }, cancellationToken: ct));
        await writing.Db.ExecuteAsync(new CommandDefinition("update users set last_seen_at = @At where id = @UserId", new { writing.At, row.UserId }, cancellationToken: ct));
        writing.Record(new("session.started", [row.Id.ToString(), row.UserId.ToString()], new() { ["kind"] = row.Kind, ["address"] = row.Address, ["device"] = row.Device }));
    }

    /// <summary>The session that a token opens at this instant.</summary>
    public static Task<SessionRow?> FindAsync(NpgsqlConnection db, string token, DateTimeOffset now, CancellationToken ct) => db.QuerySingleOrDefaultAsync<SessionRow>(new CommandDefinition(
        $"select {Columns} from user_sessions where hash = @hash and ended_at is null and expires_at > @now and ends_at > @now", new { hash = TokenTable.Hash(token), now }, cancellationToken: ct));

    public static Task<SessionRow?> GetAsync(NpgsqlConnection db, SessionId id, CancellationToken ct) => db.QuerySingleOrDefaultAsync<SessionRow>(new CommandDefinition(
        $"select {Columns} from user_sessions where id = @id and ended_at is null", new { id }, cancellationToken: ct));

    /// <summary>Moves the end that comes by not being used.</summary>
    public static Task TouchAsync(NpgsqlConnection db, SessionId id, DateTimeOffset now, DateTimeOffset expires, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "update user_sessions set last_used_at = @now, expires_at = least(@expires, ends_at) where id = @id and ended_at is null", new { id, now, expires }, cancellationToken: ct));

    public static async Task<IReadOnlyList<SessionRow>> ListAsync(NpgsqlConnection db, UserId user, DateTimeOffset now, CancellationToken ct) =>
        (await db.QueryAsync<SessionRow>(new CommandDefinition(
            $"select {Columns} from user_sessions where user_id = @user and ended_at is null and ends_at > @now order by created_at desc", new { user, now }, cancellationToken: ct))).AsList();

    /// <param name="except">The one that goes on; null ends all.</param>
    /// <returns>How many were ended.</returns>
    public static async Task<int> EndAllAsync(Writing writing, UserId user, SessionId? except, string reason, CancellationToken ct)
    {
        var ended = (await writing.Db.QueryAsync<Guid>(new CommandDefinition(
            "update user_sessions set ended_at = @At where user_id = @user and ended_at is null and (@except::uuid is null or id <> @except) returning id",
            new { user, except = except?.Value, writing.At }, cancellationToken: ct))).AsList();
        foreach (var id in ended)
            Ended(writing, SessionId.From(id), user, reason);
        return ended.Count;
    }

    /// <summary>Ends what a provider has opened.</summary>
    public static async Task EndOfProviderAsync(Writing writing, ProviderId provider, string reason, CancellationToken ct)
    {
        var ended = (await writing.Db.QueryAsync<(Guid Id, Guid User)>(new CommandDefinition(
            "update user_sessions set ended_at = @At where provider_id = @provider and ended_at is null returning id, user_id", new { provider, writing.At }, cancellationToken: ct))).AsList();
        foreach (var (id, user) in ended)
            Ended(writing, SessionId.From(id), UserId.From(user), reason);
    }

    /// <returns>False when it is somebody else's, or over.</returns>
    public static async Task<bool> EndAsync(Writing writing, UserId user, SessionId id, string reason, CancellationToken ct)
    {
        var ended = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update user_sessions set ended_at = @At where id = @id and user_id = @user and ended_at is null", new { id, user, writing.At }, cancellationToken: ct)) is 1;
        if (ended)
            Ended(writing, id, user, reason);
        return ended;
    }

    public static Task ProveAsync(NpgsqlConnection db, SessionId id, DateTimeOffset now, bool hasSecondFactor, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "update user_sessions set proven_at = @now, has_second_factor = has_second_factor or @hasSecondFactor where id = @id", new { id, now, hasSecondFactor }, cancellationToken: ct));

    /// <summary>Gives the session another access token.</summary>
    public static Task RenewAsync(NpgsqlConnection db, SessionId id, string token, DateTimeOffset now, DateTimeOffset expires, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "update user_sessions set hash = @hash, last_used_at = @now, expires_at = least(@expires, ends_at) where id = @id", new { id, hash = TokenTable.Hash(token), now, expires }, cancellationToken: ct));

    public static Task AddRefreshAsync(NpgsqlConnection db, SessionId id, string token, DateTimeOffset expires, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "insert into refresh_tokens (hash, session_id, expires_at) values (@hash, @id, @expires)", new { hash = TokenTable.Hash(token), id, expires }, cancellationToken: ct));

    public static async Task<UserId?> UserOfRefreshAsync(NpgsqlConnection db, string token, CancellationToken ct) => await db.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
        "select s.user_id from refresh_tokens r join user_sessions s on s.id = r.session_id where r.hash = @hash", new { hash = TokenTable.Hash(token) }, cancellationToken: ct)) is { } id ? UserId.From(id) : null;

    /// <summary>Somebody signed in from the network before, and not so long ago.</summary>
    /// <param name="addresses">Judges an address.</param>
    public static async Task<bool> IsKnownFromAsync(NpgsqlConnection db, UserId user, Func<string, bool> addresses, DateTimeOffset since, CancellationToken ct) =>
        (await db.QueryAsync<string>(new CommandDefinition("select distinct address from user_sessions where user_id = @user and created_at > @since limit 1000", new { user, since }, cancellationToken: ct))).Any(addresses);

    /// <summary>Uses a refresh token, once. One that is shown a second time has been stolen, or its successor has.</summary>
    /// <returns>Its session, and whether this was the first time; null when it is unknown, too old, or its session is over.</returns>
    public static async Task<(SessionRow Session, bool IsFirst)?> SpendRefreshAsync(Writing writing, string token, CancellationToken ct)
    {
        var hash = TokenTable.Hash(token);
        var found = await writing.Db.QuerySingleOrDefaultAsync<(Guid Session, DateTime? Used)?>(new CommandDefinition(
            "select session_id, used_at from refresh_tokens where hash = @hash and expires_at > @At for update", new { hash, writing.At }, cancellationToken: ct));
        if (found is not { } refresh || await GetAsync(writing.Db, SessionId.From(refresh.Session), ct) is not { } session || session.EndsAt <= writing.At)
            return null;
        if (refresh.Used is not null)
            return (session, false);
        await writing.Db.ExecuteAsync(new CommandDefinition("update refresh_tokens set used_at = @At where hash = @hash", new { hash, writing.At }, cancellationToken: ct));
        return (session, true);
    }

    private static void Ended(Writing writing, SessionId id, UserId user, string reason) =>
        writing.Record(new("session.ended", [id.ToString(), user.ToString()], new() { ["reason"] = reason }));
}
