using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.People;

/// <summary>People of the installation.</summary>
public static class UserTable
{
    private const string Columns = "id, email, name, password, passwords, is_operator, totp, totp_confirmed, totp_step, version, created_at";

    /// <summary>How addresses are compared: letters of either case are the same.</summary>
    public static string Key(string email) => email.Trim().ToLowerInvariant();

    /// <exception cref="PostgresException">Unique violation when the address is taken.</exception>
    public static async Task InsertAsync(Writing writing, UserRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into users (id, email, email_key, name, password, is_operator, created_at) values (@Id, @Email, @key, @Name, @Password, @IsOperator, @CreatedAt)",
            new { row.Id, row.Email, key = Key(row.Email), row.Name, row.Password, row.IsOperator, row.CreatedAt }, cancellationToken: ct));
        writing.Record(new("user.created", [row.Id.ToString()], []));
    }

    public static Task<UserRow?> FindAsync(NpgsqlConnection db, string email, CancellationToken ct) => db.QuerySingleOrDefaultAsync<UserRow>(new CommandDefinition(
        $"select {Columns} from users where email_key = @key", new { key = Key(email) }, cancellationToken: ct));

    public static Task<UserRow?> GetAsync(NpgsqlConnection db, UserId id, CancellationToken ct) => db.QuerySingleOrDefaultAsync<UserRow>(new CommandDefinition(
        $"select {Columns} from users where id = @id", new { id }, cancellationToken: ct));

    /// <summary>Until the end of the transaction nobody else decides about the same account.</summary>
    public static Task LockAsync(NpgsqlConnection db, UserId id, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition("select 1 from users where id = @id for update", new { id }, cancellationToken: ct));

    /// <summary>Whether somebody runs the installation; people who joined by an invitation of the machine do not.</summary>
    public static async Task<bool> AnyOperatorAsync(NpgsqlConnection db, CancellationToken ct) =>
        await db.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select 1 from users where is_operator)", cancellationToken: ct));

    /// <summary>The org whose log tells of the person's own doings: the one they belong to longest.</summary>
    public static async Task<OrgId> HomeAsync(NpgsqlConnection db, UserId id, CancellationToken ct) =>
        OrgId.From(await db.ExecuteScalarAsync<Guid>(new CommandDefinition(
            "select coalesce((select m.org_id from members m join orgs o on o.id = m.org_id and o.deleted_at is null where m.user_id = @id order by m.created_at, m.org_id limit 1), (select id from orgs order by created_at, id limit 1))", new { id }, cancellationToken: ct)));

    /// <param name="kept">Hashes of former passwords that are kept beside the new one.</param>
    public static async Task SetPasswordAsync(Writing writing, UserId id, string hash, IReadOnlyList<string> kept, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update users set password = @hash, passwords = @kept, version = version + 1 where id = @id", new { id, hash, kept = kept.ToArray() }, cancellationToken: ct));
        writing.Record(new("user.password-changed", [id.ToString()], []));
    }

    /// <summary>The same password under a present-day cost.</summary>
    public static Task RehashAsync(NpgsqlConnection db, UserId id, string former, string hash, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "update users set password = @hash where id = @id and password = @former", new { id, former, hash }, cancellationToken: ct));

    public static async Task SetTotpAsync(Writing writing, UserId id, byte[]? sealedSecret, bool isConfirmed, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update users set totp = @sealedSecret, totp_confirmed = @isConfirmed, totp_step = 0, version = version + 1 where id = @id", new { id, sealedSecret, isConfirmed }, cancellationToken: ct));
        if (isConfirmed || sealedSecret is null)
            writing.Record(new(isConfirmed ? "user.second-factor-added" : "user.second-factor-removed", [id.ToString()], new() { ["kind"] = "totp" }));
    }

    /// <returns>False when the step, or a later one, was spent already.</returns>
    public static async Task<bool> SpendStepAsync(NpgsqlConnection db, UserId id, long step, CancellationToken ct) => await db.ExecuteAsync(new CommandDefinition(
        "update users set totp_step = @step where id = @id and totp_step < @step", new { id, step }, cancellationToken: ct)) is 1;

    public static async Task SetRecoveryCodesAsync(Writing writing, UserId id, IReadOnlyList<byte[]> hashes, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition("delete from recovery_codes where user_id = @id", new { id }, cancellationToken: ct));
        await writing.Db.ExecuteAsync(new CommandDefinition("insert into recovery_codes (user_id, hash) select @id, unnest(@hashes)", new { id, hashes = hashes.ToArray() }, cancellationToken: ct));
    }

    /// <returns>False when there is no such code, or it was used.</returns>
    public static async Task<bool> SpendRecoveryCodeAsync(NpgsqlConnection db, UserId id, byte[] hash, DateTimeOffset now, CancellationToken ct) => await db.ExecuteAsync(new CommandDefinition(
        "update recovery_codes set used_at = @now where user_id = @id and hash = @hash and used_at is null", new { id, hash, now }, cancellationToken: ct)) is 1;

    public static Task<int> RecoveryCodesLeftAsync(NpgsqlConnection db, UserId id, CancellationToken ct) => db.ExecuteScalarAsync<int>(new CommandDefinition(
        "select count(*)::int from recovery_codes where user_id = @id and used_at is null", new { id }, cancellationToken: ct));
}
