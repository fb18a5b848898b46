using Dapper;
using Davit.Model;
using Davit.Store.Access;
using Npgsql;

namespace Davit.Store.People;

/// <summary>A device that waits for its person to say yes in a browser (RFC 8628).</summary>
public sealed record DeviceRow
{
    public required string UserCode { get; init; }

    public required string Device { get; init; }

    public required string Address { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset? PolledAt { get; init; }

    public required int IntervalS { get; init; }

    public required UserId? AnsweredBy { get; init; }

    public required bool? IsApproved { get; init; }

    public required bool HasSecondFactor { get; init; }

    /// <summary>What the session that let it in was confined to.</summary>
    public OrgId? OrgId { get; init; }

    public ProviderId? ProviderId { get; init; }
}

/// <summary>What is kept while somebody signs in.</summary>
public static class SignInTable
{
    private const string Columns = "user_code, device, address, expires_at, polled_at, interval_s, answered_by, is_approved, has_second_factor, org_id, provider_id";

    /// <summary>Failures since an instant: those for the account from the network, and those for it from anywhere.</summary>
    public static Task<(int FromNetwork, int FromAnywhere)> FailuresAsync(NpgsqlConnection db, string account, string network, DateTimeOffset since, CancellationToken ct) =>
        db.QuerySingleAsync<(int, int)>(new CommandDefinition(
            "select count(*) filter (where network = @network)::int, count(*)::int from sign_in_failures where account = @account and at > @since", new { account, network, since }, cancellationToken: ct));

    public static Task FailAsync(NpgsqlConnection db, string account, string network, DateTimeOffset now, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "insert into sign_in_failures (account, network, at) values (@account, @network, @now)", new { account, network, now }, cancellationToken: ct));

    public static Task ForgetFailuresAsync(NpgsqlConnection db, string account, string network, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "delete from sign_in_failures where account = @account and network = @network", new { account, network }, cancellationToken: ct));

    /// <summary>Forgets what is too old to matter.</summary>
    public static async Task<int> ForgetAsync(NpgsqlConnection db, DateTimeOffset before, CancellationToken ct)
    {
        await db.ExecuteAsync(new CommandDefinition("delete from sign_in_failures where at < @before", new { before }, cancellationToken: ct));
        await db.ExecuteAsync(new CommandDefinition("delete from sign_on_attempts where expires_at < @before", new { before }, cancellationToken: ct));
        await db.ExecuteAsync(new CommandDefinition("delete from passkey_challenges where expires_at < @before", new { before }, cancellationToken: ct));
        await db.ExecuteAsync(new CommandDefinition("delete from spent_assertions where expires_at < @before", new { before }, cancellationToken: ct));
        await db.ExecuteAsync(new CommandDefinition("delete from device_codes where expires_at < @before", new { before }, cancellationToken: ct));
        return await db.ExecuteAsync(new CommandDefinition("delete from refresh_tokens where expires_at < @before", new { before }, cancellationToken: ct));
    }

    public static Task AddDeviceAsync(NpgsqlConnection db, string code, DeviceRow row, DateTimeOffset now, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "insert into device_codes (hash, user_code, device, address, created_at, expires_at) values (@hash, @UserCode, @Device, @Address, @now, @ExpiresAt)",
        new { hash = TokenTable.Hash(code), row.UserCode, row.Device, row.Address, now, row.ExpiresAt }, cancellationToken: ct));

    public static Task<DeviceRow?> WaitingAsync(NpgsqlConnection db, string userCode, DateTimeOffset now, CancellationToken ct) => db.QuerySingleOrDefaultAsync<DeviceRow>(new CommandDefinition(
        $"select {Columns} from device_codes where user_code = @userCode and expires_at > @now and is_approved is null", new { userCode, now }, cancellationToken: ct));

    /// <returns>False when it was answered already, or is too old.</returns>
    public static async Task<bool> AnswerDeviceAsync(Writing writing, string userCode, SessionRow by, bool isApproved, CancellationToken ct)
    {
        var answered = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update device_codes set answered_by = @UserId, is_approved = @isApproved, has_second_factor = @HasSecondFactor, org_id = @OrgId, provider_id = @ProviderId where user_code = @userCode and expires_at > @At and is_approved is null",
            new { userCode, by.UserId, isApproved, by.HasSecondFactor, by.OrgId, by.ProviderId, writing.At }, cancellationToken: ct)) is 1;
        if (answered)
            writing.Record(new(isApproved ? "device.approved" : "device.denied", [by.UserId.ToString()], []));
        return answered;
    }

    /// <summary>Notes that the device asked. One that asks faster than it was told has to wait longer (RFC 8628, section 3.5).</summary>
    public static Task<DeviceRow?> PollAsync(NpgsqlConnection db, string code, DateTimeOffset now, CancellationToken ct) => db.QuerySingleOrDefaultAsync<DeviceRow>(new CommandDefinition(
        $"""
        update device_codes d set polled_at = @now, interval_s = case when before.polled_at > @now - make_interval(secs => before.interval_s) then least(before.interval_s + 5, 60) else before.interval_s end
        from (select * from device_codes where hash = @hash for update) before where d.hash = before.hash
        returning d.user_code, d.device, d.address, d.expires_at, before.polled_at, before.interval_s, d.answered_by, d.is_approved, d.has_second_factor, d.org_id, d.provider_id
        """, new { hash = TokenTable.Hash(code), now }, cancellationToken: ct));

    /// <returns>False when it was taken already.</returns>
    public static async Task<bool> TakeDeviceAsync(NpgsqlConnection db, string code, CancellationToken ct) => await db.ExecuteAsync(new CommandDefinition(
        "delete from device_codes where hash = @hash", new { hash = TokenTable.Hash(code) }, cancellationToken: ct)) is 1;
}
