using Davit.ControlPlane.Access;
using Davit.Model;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;

namespace Davit.ControlPlane.SignIn;

/// <summary>Where somebody signs in from.</summary>
/// <param name="Device">What the session is listed as.</param>
internal sealed record SignInPlace(string Address, string RequestId, string Device)
{
    /// <summary>The org whose provider vouches for the person; null when he has proven himself.</summary>
    public OrgId? Org { get; init; }

    public ProviderId? Provider { get; init; }
}

/// <summary>Begins sessions and goes on with them.</summary>
internal sealed class Sessions(Database database, TimeProvider clock)
{
    private const int LongestDevice = 100;

    /// <returns>The session with its tokens, or with the text of its cookie.</returns>
    public async Task<(SignedIn Answer, string? Cookie)> BeginAsync(Writing writing, UserRow user, bool isBrowser, bool hasSecondFactor, SignInPlace from, CancellationToken ct)
    {
        var now = writing.At;
        var (token, life, total) = isBrowser ? (SessionTokens.NewBrowser(), SessionTokens.BrowserIdle, SessionTokens.BrowserTotal) : (SessionTokens.NewAccess(), SessionTokens.AccessLife, SessionTokens.RefreshTotal);
        var row = new SessionRow
        {
            Id = Id.New<SessionId>(clock), UserId = user.Id, Kind = isBrowser ? "browser" : "cli", ExpiresAt = now + life, EndsAt = now + total, HasSecondFactor = hasSecondFactor, ProvenAt = now,
            Address = from.Address, Device = from.Device.Length <= LongestDevice ? from.Device : from.Device[..LongestDevice], CreatedAt = now, LastUsedAt = now, OrgId = from.Org, ProviderId = from.Provider,
        };
        await SessionTable.InsertAsync(writing, row, token, ct);
        var answer = new SignedIn(row.Id.ToString(), UserViews.Of(user, hasSecondFactor), row.ExpiresAt);
        if (isBrowser)
            return (answer with { ExpiresAt = row.EndsAt }, token);
        var refresh = SessionTokens.NewRefresh();
        await SessionTable.AddRefreshAsync(writing.Db, row.Id, refresh, now + SessionTokens.RefreshIdle, ct);
        return (answer with { AccessToken = token, RefreshToken = refresh }, null);
    }

    /// <summary>
    /// Gives new tokens for a refresh token. One that is shown a second time has been copied: nobody can tell which of the two is
    /// the person, so the whole session ends.
    /// </summary>
    /// <returns>Null when it is of no use.</returns>
    public async Task<SignedIn?> RefreshAsync(string token, SignInPlace from, CancellationToken ct)
    {
        var home = await HomeOfAsync(token, ct);
        return home is not { } org ? null : await database.WriteAsync(new Cause(org, "davitd", from.RequestId, from.RequestId) { Address = from.Address }, async w =>
        {
            if (await SessionTable.SpendRefreshAsync(w, token, ct) is not var (session, isFirst) || await UserTable.GetAsync(w.Db, session.UserId, ct) is not { } user)
                return null;
            if (!isFirst)
            {
                await SessionTable.EndAsync(w, session.UserId, session.Id, "a refresh token was shown twice", ct);
                w.Record(new("access.refresh-reused", [session.Id.ToString(), session.UserId.ToString()], new() { ["address"] = from.Address }));
                return null;
            }

            var (access, refresh) = (SessionTokens.NewAccess(), SessionTokens.NewRefresh());
            await SessionTable.RenewAsync(w.Db, session.Id, access, w.At, w.At + SessionTokens.AccessLife, ct);
            await SessionTable.AddRefreshAsync(w.Db, session.Id, refresh, w.At + SessionTokens.RefreshIdle, ct);
            return new SignedIn(session.Id.ToString(), UserViews.Of(user, session.HasSecondFactor), w.At + SessionTokens.AccessLife) { AccessToken = access, RefreshToken = refresh };
        }, ct);
    }

    private Task<OrgId?> HomeOfAsync(string token, CancellationToken ct) => database.ReadAsync<OrgId?>(async db =>
        await SessionTable.UserOfRefreshAsync(db, token, ct) is { } user ? await UserTable.HomeAsync(db, user, ct) : null, ct);
}

internal static class UserViews
{
    public static UserView Of(UserRow row, bool hasSecondFactor) => new(row.Id.ToString(), row.Email, row.Name, row.IsOperator, hasSecondFactor);
}
