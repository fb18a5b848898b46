using System.Net;
using Davit.ControlPlane.Access;
using Davit.Model;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;

namespace Davit.ControlPlane.SignIn;

/// <summary>
/// Lets people in who show a password and, where they have one, a second factor. Whoever guesses is slowed down: five failures
/// from one network lock that network out of that account for a while; twenty from anywhere lock out every network but those
/// that the person is known from. So nobody can lock a person out of where they always sign in.
/// </summary>
internal sealed class SignInDoor(Database database, Passwords passwords, Factors factors, Sessions sessions, TimeProvider clock)
{
    private const int MostFromNetwork = 5;
    private const int MostFromAnywhere = 20;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    /// <exception cref="ProblemException">DV7004, whatever was wrong; DV7007 when only the second factor was.</exception>
    public async Task<(SignedIn Answer, string? Cookie)> EnterAsync(SignInRequest asked, IPAddress address, string requestId, CancellationToken ct)
    {
        var (user, hasFactor) = await CheckAsync(asked, address, requestId, ct);
        var home = await database.ReadAsync(db => UserTable.HomeAsync(db, user.Id, ct), ct);
        var from = new SignInPlace(address.ToString(), requestId, asked.Device);
        return await database.WriteAsync(new Cause(home, user.Id.ToString(), requestId, requestId) { Address = from.Address }, w => sessions.BeginAsync(w, user, asked.As is "cookie", hasFactor, from, ct), ct);
    }

    /// <returns>The person, and whether a second factor was shown.</returns>
    /// <exception cref="ProblemException">As <see cref="EnterAsync"/>.</exception>
    public async Task<(UserRow User, bool HasSecondFactor)> CheckAsync(SignInRequest asked, IPAddress address, string requestId, CancellationToken ct)
    {
        // Neither tells anything about accounts, and both would cost a hash.
        if (asked.Password.Length is 0 or > Passwords.Longest || !Addresses.IsOne(asked.Email))
            throw new ProblemException(AccessProblems.SignInRefused());
        var attempt = new Attempt(UserTable.Key(asked.Email), address, requestId);
        var user = await database.ReadAsync(db => UserTable.FindAsync(db, asked.Email, ct), ct);
        var isLocked = await IsLockedAsync(attempt, user, ct);

        var verdict = await passwords.CheckAsync(isLocked ? null : user?.Password, asked.Password, ct);
        if (user is null || verdict is PasswordVerdict.Wrong)
        {
            await FailAsync(attempt, user, isLocked ? "locked" : "password", ct);
            throw new ProblemException(AccessProblems.SignInRefused());
        }

        var hasFactor = await FactorAsync(attempt, user, asked.Code, ct);
        if (verdict is PasswordVerdict.RightButOld)
            await RehashAsync(user, asked.Password, ct);
        await database.ReadAsync(async db => { await SignInTable.ForgetFailuresAsync(db, attempt.Account, attempt.Network, ct); return true; }, ct);
        return (user, hasFactor);
    }

    private async Task<bool> FactorAsync(Attempt attempt, UserRow user, string? code, CancellationToken ct)
    {
        if (!user.TotpConfirmed)
            return false;
        if (string.IsNullOrEmpty(code))
            throw new ProblemException(AccessProblems.NeedsSecondFactor(wasWrong: false));
        if (await factors.SpendAsync(user, code, ct))
            return true;
        await FailAsync(attempt, user, "second factor", ct);
        throw new ProblemException(AccessProblems.NeedsSecondFactor(wasWrong: true));
    }

    private Task<bool> IsLockedAsync(Attempt attempt, UserRow? user, CancellationToken ct) => database.ReadAsync(async db =>
    {
        var now = clock.GetUtcNow();
        var (fromNetwork, fromAnywhere) = await SignInTable.FailuresAsync(db, attempt.Account, attempt.Network, now - Window, ct);
        if (fromNetwork >= MostFromNetwork)
            return true;
        return fromAnywhere >= MostFromAnywhere && (user is null || !await SessionTable.IsKnownFromAsync(db, user.Id, a => IPAddress.TryParse(a, out var known) && ClientAddress.IsIn(known, attempt.Network), now - Remembered, ct));
    }, ct);

    private async Task FailAsync(Attempt attempt, UserRow? user, string what, CancellationToken ct)
    {
        await database.ReadAsync(async db => { await SignInTable.FailAsync(db, attempt.Account, attempt.Network, clock.GetUtcNow(), ct); return true; }, ct);
        if (user is null)
            return;
        var home = await database.ReadAsync(db => UserTable.HomeAsync(db, user.Id, ct), ct);
        await database.WriteAsync(new Cause(home, user.Id.ToString(), attempt.RequestId, attempt.RequestId) { Address = attempt.Address.ToString() }, w =>
        {
            w.Record(new("access.sign-in-failed", [user.Id.ToString()], new() { ["address"] = attempt.Address.ToString(), ["what"] = what }));
            return Task.CompletedTask;
        }, ct);
    }

    private async Task RehashAsync(UserRow user, string password, CancellationToken ct)
    {
        var hash = await passwords.HashAsync(password, ct);
        await database.ReadAsync(async db => { await UserTable.RehashAsync(db, user.Id, user.Password!, hash, ct); return true; }, ct);
    }

    private sealed record Attempt(string Account, IPAddress Address, string RequestId)
    {
        public string Network { get; } = ClientAddress.NetworkOf(Address);
    }
}
