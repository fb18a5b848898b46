using System.Text.Json.Nodes;
using Davit.ControlPlane.Hosting;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Davit.ControlPlane.Tokens;

/// <summary>
/// Makes and checks the JWTs of this installation (RFC 7519, RFC 9068). Others check them with the published keys alone. Here
/// each must also still have its row, so that a revoked one is refused with the next request on every replica.
/// </summary>
internal sealed class Jwts(ServerOptions options, Installation installation, JwtKeys keys, TimeProvider clock)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private const string Type = "at+jwt";
    private const string Begin = "eyJ";

    /// <summary>Servers of one installation may differ by so much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>The installation's address, or its id when it has none.</summary>
    public string Issuer { get; } = options.PublicUrl is "" ? $"urn:davit:{installation.Id}" : options.PublicUrl;

    public static bool Looks(string token) => token.StartsWith(Begin, StringComparison.Ordinal);

    /// <param name="audience">Null for this installation.</param>
    public async Task<string> MakeAsync(Writing writing, TokenOwner owner, string? audience, DateTimeOffset expires, CancellationToken ct)
    {
        var key = await keys.SigningAsync(writing, expires, ct);
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = owner.Actor, ["org"] = owner.OrgId.ToString(), ["jti"] = owner.Id.ToString(),
        };
        if (owner.Permissions is { } permissions)
            claims["scope"] = string.Join(' ', permissions);
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer, Audience = audience ?? Issuer, TokenType = Type, Claims = claims, IssuedAt = writing.At.UtcDateTime, NotBefore = writing.At.UtcDateTime, Expires = expires.UtcDateTime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <returns>The id of its row; null when it is not ours, is not meant for us, or is over.</returns>
    public async Task<KeyId?> CheckAsync(string text, CancellationToken ct)
    {
        if (TokenChecks.Read(text) is not { } token || await keys.PublicAsync(token.Kid, ct) is not { } key)
            return null;
        var demands = new TokenDemands(Issuer, Issuer, [SecurityAlgorithms.EcdsaSha256], Skew) { Type = Type };
        return await TokenChecks.CheckAsync(token, demands, [key], clock.GetUtcNow()) is TokenCheck.Good && Id.TryParse<KeyId>(token.Id, out var id) ? id : null;
    }

    /// <returns>RFC 7517.</returns>
    public async Task<JsonObject> KeySetAsync(CancellationToken ct) => new()
    {
        ["keys"] = new JsonArray([.. (await keys.PublishedAsync(ct)).Select(k => (JsonNode)new JsonObject
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["alg"] = SecurityAlgorithms.EcdsaSha256, ["kid"] = k.Id.ToString(), ["x"] = Base64UrlEncoder.Encode(k.Key.Q.X), ["y"] = Base64UrlEncoder.Encode(k.Key.Q.Y),
        })]),
    };
}
