using System.Collections.Frozen;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store.Access;
using Davit.Store.People;
using Npgsql;

namespace Davit.ControlPlane.Access;

/// <summary>Finds out whom a token or cookie stands for. What was revoked a moment ago stands for nobody, on every replica.</summary>
internal static class PrincipalReading
{
    /// <summary>Uses are noted so often at most.</summary>
    private static readonly TimeSpan Noted = TimeSpan.FromMinutes(1);

    /// <returns>Null when it stands for nobody now.</returns>
    public static Task<Principal?> OfTokenAsync(NpgsqlConnection db, string token, DateTimeOffset now, CancellationToken ct) =>
        SessionTokens.IsAccess(token) ? OfSessionAsync(db, token, "cli", now, ct) : OfApiTokenAsync(db, token, now, ct);

    /// <param name="id">What a JWT carries whose signature is right.</param>
    /// <returns>Null when it stands for nobody now.</returns>
    public static async Task<Principal?> OfJwtAsync(NpgsqlConnection db, KeyId id, DateTimeOffset now, CancellationToken ct) =>
        await TokenTable.FindJwtAsync(db, id, now, ct) is { } owner ? await OfOwnerAsync(db, owner, now, ct) : null;

    /// <returns>Null when it stands for nobody now.</returns>
    public static Task<Principal?> OfCookieAsync(NpgsqlConnection db, string cookie, DateTimeOffset now, CancellationToken ct) => OfSessionAsync(db, cookie, "browser", now, ct);

    private static async Task<Principal?> OfSessionAsync(NpgsqlConnection db, string token, string kind, DateTimeOffset now, CancellationToken ct)
    {
        if (await SessionTable.FindAsync(db, token, now, ct) is not { } session || session.Kind != kind || await UserTable.GetAsync(db, session.UserId, ct) is not { } user)
            return null;
        if (now - session.LastUsedAt > Noted)
            await SessionTable.TouchAsync(db, session.Id, now, kind is "browser" ? now + SessionTokens.BrowserIdle : session.ExpiresAt, ct);
        return new Principal.Person(user, session.OrgId, session) { Provider = session.ProviderId };
    }

    private static async Task<Principal?> OfApiTokenAsync(NpgsqlConnection db, string token, DateTimeOffset now, CancellationToken ct)
    {
        return await TokenTable.FindAsync(db, token, now, ct) is { } owner ? await OfOwnerAsync(db, owner, now, ct) : null;
    }

    private static async Task<Principal?> OfOwnerAsync(NpgsqlConnection db, TokenOwner owner, DateTimeOffset now, CancellationToken ct)
    {
        if (owner.LastUsedAt is not { } last || now - last > Noted)
            await TokenTable.TouchAsync(db, owner.Id, now, ct);
        if (await WithLimitsAsync(db, owner, ct) is not { } limits)
            return null;
        return await WhoAsync(db, owner, ct) is { } who ? who with { Limits = limits, Networks = owner.Networks } : null;
    }

    private static async Task<Principal?> WhoAsync(NpgsqlConnection db, TokenOwner owner, CancellationToken ct)
    {
        if (owner.IsHost)
            return new Principal.Host(owner.OrgId, owner.Actor);
        if (owner.ServiceId is { } service)
            return new Principal.Service(service, owner.OrgId);
        return owner.UserId is { } id && await UserTable.GetAsync(db, id, ct) is { } user ? new Principal.Person(user, owner.OrgId, null) { Provider = owner.ProviderId } : null;
    }

    /// <returns>Null when what it is confined to is gone.</returns>
    private static async Task<TokenLimits?> WithLimitsAsync(NpgsqlConnection db, TokenOwner owner, CancellationToken ct)
    {
        var permissions = owner.Permissions?.ToFrozenSet(StringComparer.Ordinal);
        if (owner is not { WithinLevel: { } level, WithinId: { } id })
            return new TokenLimits(permissions, []);
        return await ScopeTable.GetAsync(db, owner.OrgId, new(ScopeLevels.Parse(level), id), ct) is { } target ? new TokenLimits(permissions, target.Chain) : null;
    }
}
