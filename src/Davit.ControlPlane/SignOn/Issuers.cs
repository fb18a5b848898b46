using System.Collections.Concurrent;
using Davit.ControlPlane.Tokens;
using Davit.Model;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Davit.ControlPlane.SignOn;

/// <summary>Where an issuer is asked what, as its discovery document says.</summary>
internal sealed record IssuerDocument(Uri Keys)
{
    public Uri? Authorization { get; init; }

    public Uri? Token { get; init; }

    public Uri? UserInfo { get; init; }

    /// <summary>It names itself when it sends a browser back (RFC 9207).</summary>
    public bool SendsIssuer { get; init; }

    /// <summary>It takes the client's secret in the form, and not as basic authentication.</summary>
    public bool WantsSecretInBody { get; init; }
}

/// <summary>
/// Issuers of tokens and their keys. A key that is not known is asked for at once, so that nobody is refused because keys were
/// changed; when the issuer does not have it either, it is not asked again for a minute, whoever shows what.
/// </summary>
internal sealed class Issuers(Outbound outbound, TimeProvider clock) : IDisposable
{
    private const int MostKnown = 500;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    /// <summary>Their clocks and ours may differ by so much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <exception cref="ProblemException">DV7022 or DV7030; DV7021 when the document is not the issuer's.</exception>
    public async Task<IssuerDocument> DocumentAsync(string issuer, CancellationToken ct)
    {
        var known = Of(issuer);
        if (known.Document is { } document && clock.GetUtcNow() - known.DocumentAt < Fresh)
            return document;
        var read = await DiscoverAsync(issuer, ct);
        (known.Document, known.DocumentAt) = (read, clock.GetUtcNow());
        return read;
    }

    /// <summary>Checks a token of an issuer with the issuer's keys.</summary>
    /// <exception cref="ProblemException">DV7022 or DV7030.</exception>
    public async Task<TokenCheck> CheckAsync(string issuer, string audience, string text, CancellationToken ct)
    {
        if (TokenChecks.Read(text) is not { } token)
            return new TokenCheck.Bad("form");
        if (!Algorithms.Contains(token.Alg, StringComparer.Ordinal))
            return new TokenCheck.Bad("algorithm");
        var keys = await KeysAsync(issuer, token, ct);
        return await TokenChecks.CheckAsync(token, new TokenDemands(issuer, audience, Algorithms, Skew), keys, clock.GetUtcNow());
    }

    public void Dispose()
    {
        foreach (var known in _known.Values)
            known.Dispose();
    }

    private async Task<IReadOnlyList<SecurityKey>> KeysAsync(string issuer, JsonWebToken token, CancellationToken ct)
    {
        var known = Of(issuer);
        if (!Wants(known, token.Kid))
            return known.Keys;
        await known.Asking.WaitAsync(ct);
        try
        {
            if (!Wants(known, token.Kid))
                return known.Keys;
            var document = await DocumentAsync(issuer, ct);
            var answer = await outbound.GetAsync(document.Keys, ct);
            if (!answer.IsGood)
                throw new ProblemException(AccessProblems.ProviderUnreachable(issuer));
            (known.Keys, known.KeysAt) = (Read(answer.Body!.ToJsonString()), clock.GetUtcNow());
            if (!Has(known.Keys, token.Kid))
                known.FruitlessAt = clock.GetUtcNow();
            return known.Keys;
        }
        finally
        {
            known.Asking.Release();
        }
    }

    private bool Wants(Known known, string? kid)
    {
        var now = clock.GetUtcNow();
        return now - known.KeysAt > Fresh || (!Has(known.Keys, kid) && now - known.FruitlessAt > Rest);
    }

    private static bool Has(IReadOnlyList<SecurityKey> keys, string? kid) => string.IsNullOrEmpty(kid) ? keys.Count > 0 : keys.Any(k => k.KeyId == kid);

    /// <summary>Only public keys that sign; a key that both sides share proves nothing.</summary>
    private static IReadOnlyList<SecurityKey> Read(string text)
    {
        try
        {
            return [.. new JsonWebKeySet(text).Keys.Where(k => k is { Kty: "RSA" or "EC", Use: null or "" or "sig" } && !k.HasPrivateKey && (k.Kty is "EC" || k.KeySize >= 2048))];
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    private async Task<IssuerDocument> DiscoverAsync(string issuer, CancellationToken ct)
    {
        var answer = await outbound.GetAsync(outbound.Require($"{issuer.TrimEnd('/')}/.well-known/openid-configuration"), ct);
        if (answer is not { IsGood: true, Body: { } body })
            throw new ProblemException(AccessProblems.ProviderUnreachable(issuer));
        if (Text("issuer") != issuer)
            throw new ProblemException(AccessProblems.ProviderNotAccepted("its discovery document names another issuer"));
        var methods = Json.Texts(body["token_endpoint_auth_methods_supported"]);
        return new IssuerDocument(outbound.Require(Text("jwks_uri")))
        {
            Authorization = Optional("authorization_endpoint"), Token = Optional("token_endpoint"), UserInfo = Optional("userinfo_endpoint"), SendsIssuer = Json.Bool(body["authorization_response_iss_parameter_supported"]),
            WantsSecretInBody = methods.Contains("client_secret_post", StringComparer.Ordinal) && !methods.Contains("client_secret_basic", StringComparer.Ordinal),
        };

        string? Text(string name) => Json.Text(body[name]);
        Uri? Optional(string name) => Text(name) is { } address ? outbound.Require(address) : null;
    }

    private Known Of(string issuer)
    {
        // Whoever makes rules for more issuers than anybody has would else fill the memory.
        if (_known.Count > MostKnown && !_known.ContainsKey(issuer))
            _known.Clear();
        return _known.GetOrAdd(issuer, _ => new Known());
    }

    private sealed class Known : IDisposable
    {
        public SemaphoreSlim Asking { get; } = new(1, 1);

        public IssuerDocument? Document { get; set; }

        public DateTimeOffset DocumentAt { get; set; }

        public IReadOnlyList<SecurityKey> Keys { get; set; } = [];

        public DateTimeOffset KeysAt { get; set; }

        public DateTimeOffset FruitlessAt { get; set; }

        public void Dispose() => Asking.Dispose();
    }
}
