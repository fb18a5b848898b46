using Dapper;
using Davit.Model;
using Davit.Store.Access;
using Npgsql;

namespace Davit.Store.People;

/// <summary>What a passkey is checked by (Web Authentication level 2, sections 6.1 and 7).</summary>
public sealed record PasskeyCredential
{
    /// <summary>COSE_Key.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>How often the authenticator says that it was used; 0 when it does not count.</summary>
    public required uint SignCount { get; init; }

    public required string[] Transports { get; init; }

    public required bool IsUserVerified { get; init; }

    public required bool IsBackupEligible { get; init; }

    public required bool IsBackedUp { get; init; }

    public required byte[] AttestationObject { get; init; }

    public required byte[] ClientData { get; init; }
}

public sealed record PasskeyRow
{
    public required PasskeyId Id { get; init; }

    public required UserId UserId { get; init; }

    public required string Name { get; init; }

    public required byte[] CredentialId { get; init; }

    public required PasskeyCredential Credential { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }
}

/// <summary>Passkeys of people, and what browsers are asked to sign with them.</summary>
public static class PasskeyTable
{
    private const string Select = "select id, user_id, name, credential_id, credential::text as credential, created_at, used_at from passkeys";

    public static async Task<IReadOnlyList<PasskeyRow>> ListAsync(NpgsqlConnection db, UserId user, CancellationToken ct) =>
        (await db.QueryAsync<PasskeyRow>(new CommandDefinition($"{Select} where user_id = @user order by created_at, id", new { user }, cancellationToken: ct))).AsList();

    public static Task<PasskeyRow?> FindAsync(NpgsqlConnection db, byte[] credentialId, CancellationToken ct) => db.QuerySingleOrDefaultAsync<PasskeyRow>(new CommandDefinition(
        $"{Select} where credential_id = @credentialId", new { credentialId }, cancellationToken: ct));

    public static Task<int> CountAsync(NpgsqlConnection db, UserId user, CancellationToken ct) => db.ExecuteScalarAsync<int>(new CommandDefinition(
        "select count(*)::int from passkeys where user_id = @user", new { user }, cancellationToken: ct));

    /// <exception cref="PostgresException">Unique violation when the credential is somebody's already.</exception>
    public static async Task InsertAsync(Writing writing, PasskeyRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into passkeys (id, user_id, name, credential_id, credential, created_at) values (@Id, @UserId, @Name, @CredentialId, @Credential::jsonb, @CreatedAt)",
            new { row.Id, row.UserId, row.Name, row.CredentialId, row.Credential, row.CreatedAt }, cancellationToken: ct));
        writing.Record(new("user.second-factor-added", [row.UserId.ToString(), row.Id.ToString()], new() { ["kind"] = "passkey" }));
    }

    public static async Task<bool> RenameAsync(Writing writing, PasskeyId id, UserId user, string name, CancellationToken ct)
    {
        var renamed = await writing.Db.ExecuteAsync(new CommandDefinition("update passkeys set name = @name where id = @id and user_id = @user", new { id, user, name }, cancellationToken: ct)) is 1;
        if (renamed)
            writing.Record(new("user.passkey-renamed", [user.ToString(), id.ToString()], []));
        return renamed;
    }

    public static async Task<bool> DeleteAsync(Writing writing, PasskeyId id, UserId user, CancellationToken ct)
    {
        var deleted = await writing.Db.ExecuteAsync(new CommandDefinition("delete from passkeys where id = @id and user_id = @user", new { id, user }, cancellationToken: ct)) is 1;
        if (deleted)
            writing.Record(new("user.second-factor-removed", [user.ToString(), id.ToString()], new() { ["kind"] = "passkey" }));
        return deleted;
    }

    /// <summary>Notes that it was used, and how often its authenticator says so.</summary>
    /// <returns>False when somebody else has shown that count meanwhile: one of the two is a copy.</returns>
    public static async Task<bool> UseAsync(NpgsqlConnection db, byte[] credentialId, PasskeyCredential shown, DateTimeOffset now, CancellationToken ct) => await db.ExecuteAsync(new CommandDefinition(
        """
        update passkeys set credential = credential || jsonb_build_object('signCount', @count, 'isBackedUp', @IsBackedUp), used_at = @now
        where credential_id = @credentialId and (@count = 0 or (credential->>'signCount')::bigint < @count)
        """, new { credentialId, count = (long)shown.SignCount, shown.IsBackedUp, now }, cancellationToken: ct)) is 1;

    public static Task AskAsync(NpgsqlConnection db, string attempt, UserId? user, string state, DateTimeOffset expiresAt, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "insert into passkey_challenges (hash, user_id, state, expires_at) values (@hash, @user, @state, @expiresAt)", new { hash = TokenTable.Hash(attempt), user, state, expiresAt }, cancellationToken: ct));

    /// <summary>Takes a challenge away, so that no answer to it is good twice.</summary>
    /// <param name="user">Whom it was made for; null for a sign-in.</param>
    /// <returns>The framework's state; null when there is none, it is too old, or it was made for somebody else.</returns>
    public static Task<string?> TakeAsync(NpgsqlConnection db, string attempt, UserId? user, DateTimeOffset now, CancellationToken ct) => db.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
        "delete from passkey_challenges where hash = @hash and user_id is not distinct from @user and expires_at > @now returning state", new { hash = TokenTable.Hash(attempt), user, now }, cancellationToken: ct));
}
