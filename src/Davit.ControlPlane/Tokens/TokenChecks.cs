using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Davit.ControlPlane.Tokens;

/// <summary>What a JWT must be to be believed.</summary>
/// <param name="Algorithms">Never <c>none</c>, and never one whose key both sides share.</param>
internal sealed record TokenDemands(string Issuer, string Audience, IReadOnlyList<string> Algorithms, TimeSpan Skew)
{
    /// <summary>The <c>typ</c> that it must say; null for any.</summary>
    public string? Type { get; init; }
}

/// <summary>The outcome of a check: the token, or in one word what was wrong with it. Closed.</summary>
internal abstract record TokenCheck
{
    private TokenCheck()
    {
    }

    public sealed record Good(JsonWebToken Token) : TokenCheck;

    public sealed record Bad(string What) : TokenCheck;
}

/// <summary>Checks signed tokens, ours and those of others, in the one way.</summary>
internal static class TokenChecks
{
    private const int Longest = 16 << 10;

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = Longest };

    /// <summary>Keys come and go, and a cache would keep what uses them.</summary>
    private static readonly CryptoProviderFactory Providers = new() { CacheSignatureProviders = false };

    /// <returns>Null when the text is no JWT.</returns>
    public static JsonWebToken? Read(string text)
    {
        if (text.Length > Longest || !Handler.CanReadToken(text))
            return null;
        try
        {
            return Handler.ReadJsonWebToken(text);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    public static async Task<TokenCheck> CheckAsync(JsonWebToken token, TokenDemands demands, IReadOnlyList<SecurityKey> keys, DateTimeOffset now)
    {
        var ofIts = keys.Where(k => k.KeyId == token.Kid || (string.IsNullOrEmpty(token.Kid) && keys.Count is 1)).ToList();
        if (ofIts is [] && demands.Algorithms.Contains(token.Alg, StringComparer.Ordinal))
            return new TokenCheck.Bad("key");
        var result = await Handler.ValidateTokenAsync(token, Parameters(demands, ofIts, now));
        if (!result.IsValid)
            return new TokenCheck.Bad(What(result.Exception));
        return token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Iat, out var issued) && issued > (now + demands.Skew).ToUnixTimeSeconds() ? new TokenCheck.Bad("issued-in-the-future") : new TokenCheck.Good(token);
    }

    private static TokenValidationParameters Parameters(TokenDemands demands, List<SecurityKey> keys, DateTimeOffset now) => new()
    {
        ValidIssuer = demands.Issuer,
        ValidAudience = demands.Audience,
        ValidAlgorithms = demands.Algorithms,
        ValidTypes = demands.Type is { } type ? [type] : null,
        IssuerSigningKeys = keys,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidateIssuerSigningKey = true,
        CryptoProviderFactory = Providers,
        IssuerSigningKeyResolver = (_, _, _, _) => keys,
        // The library would ask the machine's clock.
        LifetimeValidator = (from, until, _, _) => IsIn(from, until, demands.Skew, now),
    };

    private static bool IsIn(DateTime? from, DateTime? until, TimeSpan skew, DateTimeOffset now)
    {
        if (until is not { } end)
            throw new SecurityTokenNoExpirationException();
        if (new DateTimeOffset(end, TimeSpan.Zero) + skew <= now)
            throw new SecurityTokenExpiredException();
        return from is not { } start || new DateTimeOffset(start, TimeSpan.Zero) - skew <= now ? true : throw new SecurityTokenNotYetValidException();
    }

    private static string What(Exception? refused) => refused switch
    {
        SecurityTokenExpiredException => "expired",
        SecurityTokenNotYetValidException => "not-yet-valid",
        SecurityTokenNoExpirationException => "no-expiry",
        SecurityTokenInvalidAudienceException => "audience",
        SecurityTokenInvalidIssuerException => "issuer",
        SecurityTokenInvalidAlgorithmException => "algorithm",
        SecurityTokenInvalidTypeException => "type",
        SecurityTokenInvalidSignatureException => "signature",
        _ => "form",
    };
}
