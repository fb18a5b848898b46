using System.IO.Enumeration;
using Davit.ControlPlane.SignIn;
using Davit.ControlPlane.Tokens;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Davit.ControlPlane.SignOn;

/// <summary>
/// Exchanges an identity token of an issuer that an org trusts, such as a CI job's, for a short token of a service principal
/// (RFC 8693). The job holds no secret, and what it shows is good once.
/// </summary>
internal sealed class TokenExchange(Database database, Issuers issuers, TimeProvider clock)
{
    public const string Grant = "urn:ietf:params:oauth:grant-type:token-exchange";
    public const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";

    private static readonly string[] SubjectTypes = ["urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:jwt"];

    /// <summary>How long after its end a token is remembered: clocks differ.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    /// <returns>The answer, or what is told to whoever asked: no more than that it was not good enough.</returns>
    public async Task<(TokenAnswer? Answer, TokenRefusal? Refusal)> ExchangeAsync(string? rule, string? subjectToken, string? subjectType, SignInPlace from, CancellationToken ct)
    {
        if (!SubjectTypes.Contains(subjectType, StringComparer.Ordinal) || subjectToken is not { Length: > 0 })
            return (null, new("invalid_request", $"'subject_token' is an identity token, and 'subject_token_type' is {SubjectTypes[0]}."));
        if (!Id.TryParse<TrustRuleId>(rule, out var id) || await database.ReadAsync(db => TrustTable.GetAsync(db, id, ct), ct) is not { } found)
            return (null, new("invalid_target", "'audience' is the id of a trust rule."));
        var check = await issuers.CheckAsync(found.Issuer, found.Audience, subjectToken, ct);
        var what = check switch
        {
            TokenCheck.Bad bad => bad.What,
            TokenCheck.Good good => Unmet(found, good.Token),
        };
        if (what is null && await GiveAsync(found, ((TokenCheck.Good)check).Token, subjectToken, from, ct) is { } answer)
            return (answer, null);
        await RecordAsync(found, what ?? "replayed", from, ct);
        return (null, new("invalid_grant", "The rule does not take this token; the org's log says why."));
    }

    /// <summary>All of a rule's claims must be there, each as a text or one of a list of texts.</summary>
    /// <returns>Null when all are met.</returns>
    private static string? Unmet(TrustRow rule, JsonWebToken token)
    {
        var claims = Json.ClaimsOf(token);
        foreach (var (name, pattern) in rule.Conditions.Claims)
        {
            if (!Json.Plains(claims[name]).Any(v => v is not null && Fits(pattern, v)))
                return $"claim {name}";
        }

        return null;
    }

    /// <summary>Only <c>*</c> is special; what else the matcher would read as such is taken as it is.</summary>
    private static bool Fits(string pattern, string value)
    {
        var literal = pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal);
        return FileSystemName.MatchesSimpleExpression(literal, value, ignoreCase: false);
    }

    private Task<TokenAnswer?> GiveAsync(TrustRow rule, JsonWebToken token, string text, SignInPlace from, CancellationToken ct)
    {
        var secret = TokenTable.Make();
        var expires = clock.GetUtcNow() + TimeSpan.FromSeconds(rule.LifeS);
        var owner = new TokenOwner
        {
            Id = Id.New<KeyId>(clock), OrgId = rule.OrgId, Actor = rule.ServiceId.ToString(), ServiceId = rule.ServiceId, IsHost = false, Permissions = rule.Permissions, WithinLevel = rule.WithinLevel, WithinId = rule.WithinId, Networks = [], TrustRuleId = rule.Id,
        };
        return database.WriteAsync<TokenAnswer?>(new Cause(rule.OrgId, owner.Actor, from.RequestId, rule.Id.ToString()) { Address = from.Address }, async w =>
        {
            if (!await TrustTable.SpendAsync(w.Db, rule.Id, token.Id is { Length: > 0 } jti ? jti : text, new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + Remembered, ct))
                return null;
            await TokenTable.InsertAsync(w, owner, $"by {rule.Name}", secret, expires, ct);
            w.Record(new("token.exchanged", [owner.Id.ToString(), rule.Id.ToString()], new() { ["subject"] = token.Subject is { Length: > 200 } subject ? subject[..200] : token.Subject }));
            return new TokenAnswer(secret, "Bearer", rule.LifeS, null) { IssuedTokenType = AccessToken };
        }, ct);
    }

    private Task RecordAsync(TrustRow rule, string what, SignInPlace from, CancellationToken ct) =>
        database.WriteAsync(new Cause(rule.OrgId, "anonymous", from.RequestId, rule.Id.ToString()) { Address = from.Address }, w =>
        {
            w.Record(new("access.exchange-refused", [rule.Id.ToString()], new() { ["check"] = what, ["address"] = from.Address }));
            return Task.CompletedTask;
        }, ct);
}
