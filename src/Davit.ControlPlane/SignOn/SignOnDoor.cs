using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.SignIn;
using Davit.ControlPlane.Tokens;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;
using Davit.Store.People;
using Davit.Wire;

namespace Davit.ControlPlane.SignOn;

/// <summary>What a provider sends a browser back with.</summary>
internal sealed record ProviderAnswer(string? Code, string? State, string? Iss, string? Error);

/// <summary>
/// Signs people on with an org's identity provider (OpenID Connect, code flow with PKCE). What must not be guessed or copied,
/// the nonce and the verifier, is made from a secret that only the browser has, and is kept nowhere.
/// </summary>
internal sealed class SignOnDoor(ServerOptions options, Database database, ProviderTalk talk, Admission admission, Sessions sessions, TimeProvider clock)
{
    public const string Cookie = "__Host-davit-sign-on";

    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    private string Callback => options.PublicUrl is "" ? throw new ProblemException(SignOnProblems.NeedsPublicUrl()) : $"{options.PublicUrl}/v1/sign-on/callback";

    /// <param name="returnTo">Where the browser goes afterwards, below this server.</param>
    /// <param name="link">Who wants the identity linked; null to sign on.</param>
    /// <returns>Where the browser has to go, and what it has to keep meanwhile.</returns>
    /// <exception cref="ProblemException">DV7033, DV7022, DV7030 or DV7021.</exception>
    public async Task<(string Address, string Browser)> BeginAsync(ProviderRow provider, string returnTo, UserId? link, CancellationToken ct)
    {
        var (state, browser, callback) = (SessionTokens.Random(), SessionTokens.Random(), Callback);
        var secrets = AttemptSecrets.Of(browser, state);
        var address = await talk.AuthorizationAsync(provider, callback, state, secrets, ct);
        var row = new AttemptRow { ProviderId = provider.Id, Browser = TokenTable.Hash(browser), ReturnTo = returnTo, LinkUser = link, ExpiresAt = clock.GetUtcNow() + GoodFor };
        await database.ReadAsync(async db => { await IdentityTable.BeginAsync(db, state, row, ct); return true; }, ct);
        return (address, browser);
    }

    /// <param name="browser">What the browser kept; null when it shows nothing.</param>
    /// <returns>Where it goes on, and the cookie of the session; none when an identity was linked.</returns>
    /// <exception cref="ProblemException">DV7037, DV7021, DV7022, DV7031 or DV7032; all but the first leave an event.</exception>
    public async Task<(string ReturnTo, SignedIn? Session, string? Cookie)> EndAsync(ProviderAnswer answer, string? browser, SignInPlace from, CancellationToken ct)
    {
        var attempt = await database.ReadAsync(db => IdentityTable.TakeAsync(db, answer.State ?? "", clock.GetUtcNow(), ct), ct);
        if (attempt is null || await database.ReadAsync(db => ProviderTable.GetAsync(db, attempt.ProviderId, ct), ct) is not { } provider)
            throw new ProblemException(SignOnProblems.AttemptUnknown());
        try
        {
            if (browser is null || !CryptographicOperations.FixedTimeEquals(TokenTable.Hash(browser), attempt.Browser))
                throw new SignOnRefusedException("browser");
            var claims = await talk.ClaimsAsync(provider, answer, Callback, AttemptSecrets.Of(browser, answer.State!), ct);
            return await EnterAsync(provider, attempt, ProviderClaims.Of(claims, provider.Policy), from, ct);
        }
        catch (SignOnRefusedException e)
        {
            await RecordAsync(provider, e.What, from, ct);
            throw new ProblemException(AccessProblems.ProviderNotAccepted("one of the checks failed, and the org's log says which"), e);
        }
        catch (ProblemException e)
        {
            await RecordAsync(provider, e.Problem.Code, from, ct);
            throw;
        }
    }

    private Task<(string, SignedIn?, string?)> EnterAsync(ProviderRow provider, AttemptRow attempt, ProviderClaims claims, SignInPlace place, CancellationToken ct)
    {
        var vouched = place with { Org = provider.OrgId, Provider = provider.Id };
        return database.WriteAsync<(string, SignedIn?, string?)>(new Cause(provider.OrgId, attempt.LinkUser?.ToString() ?? provider.Id.ToString(), place.RequestId, place.RequestId) { Address = place.Address }, async w =>
        {
            var user = await admission.AdmitAsync(w, provider, claims, attempt.LinkUser, ct);
            if (attempt.LinkUser is not null)
                return (attempt.ReturnTo, null, null);
            var (session, cookie) = await sessions.BeginAsync(w, user, isBrowser: true, claims.HasSecondFactor, vouched, ct);
            return (attempt.ReturnTo, session, cookie);
        }, ct);
    }

    private Task RecordAsync(ProviderRow provider, string what, SignInPlace from, CancellationToken ct) =>
        database.WriteAsync(new Cause(provider.OrgId, "anonymous", from.RequestId, from.RequestId) { Address = from.Address }, w =>
        {
            w.Record(new("access.sign-on-refused", [provider.Id.ToString()], new() { ["check"] = what, ["address"] = from.Address }));
            return Task.CompletedTask;
        }, ct);
}

/// <summary>A check of a provider's word that failed. People are told that one did; the org's log, which.</summary>
internal sealed class SignOnRefusedException(string what) : Exception(what)
{
    public string What { get; } = what;
}

/// <summary>What belongs to one attempt of one browser.</summary>
internal sealed record AttemptSecrets(string Nonce, string Verifier)
{
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static AttemptSecrets Of(string browser, string state) => new(Make(browser, "nonce", state), Make(browser, "verifier", state));

    private static string Make(string browser, string purpose, string state) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(browser), Encoding.UTF8.GetBytes($"{purpose}\0{state}")));
}

/// <summary>Talks with providers.</summary>
internal sealed class ProviderTalk(Issuers issuers, Outbound outbound, ProviderSecrets secrets)
{
    /// <returns>Where the browser has to go.</returns>
    public async Task<string> AuthorizationAsync(ProviderRow provider, string callback, string state, AttemptSecrets attempt, CancellationToken ct)
    {
        var document = await issuers.DocumentAsync(provider.Issuer, ct);
        var address = document.Authorization ?? throw new ProblemException(AccessProblems.ProviderNotAccepted("its discovery document has no authorization endpoint"));
        var query = QueryString.Create(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code", ["client_id"] = provider.ClientId, ["redirect_uri"] = callback, ["scope"] = string.Join(' ', provider.Policy.Scopes.Prepend("openid").Distinct(StringComparer.Ordinal)),
            ["state"] = state, ["nonce"] = attempt.Nonce, ["code_challenge"] = attempt.Challenge, ["code_challenge_method"] = "S256",
        }).Value!;
        return address.AbsoluteUri + (address.Query is "" ? query : "&" + query[1..]);
    }

    /// <returns>The claims of the identity token, and what the provider says beyond it.</returns>
    /// <exception cref="SignOnRefusedException">Something about its answer is not right.</exception>
    public async Task<JsonObject> ClaimsAsync(ProviderRow provider, ProviderAnswer answer, string callback, AttemptSecrets attempt, CancellationToken ct)
    {
        var document = await issuers.DocumentAsync(provider.Issuer, ct);
        // Whoever is asked by several providers must not take the code of one to another (RFC 9207).
        if (answer.Iss is { } named ? named != provider.Issuer : document.SendsIssuer)
            throw new SignOnRefusedException("mix-up");
        if (answer is not { Code: { Length: > 0 } code, Error: null })
            throw new SignOnRefusedException("denied");
        var tokens = await ExchangeAsync(provider, document, code, callback, attempt, ct);
        var (idToken, access) = (Json.Text(tokens["id_token"]) ?? throw new SignOnRefusedException("no-identity-token"), Json.Text(tokens["access_token"]));
        var claims = await issuers.CheckAsync(provider.Issuer, provider.ClientId, idToken, ct) switch
        {
            TokenCheck.Good good => Json.ClaimsOf(good.Token),
            TokenCheck.Bad bad => throw new SignOnRefusedException(bad.What),
        };
        Check(claims, provider, attempt, access);
        return await CompletedAsync(claims, provider, document, access, ct);
    }

    private async Task<JsonObject> ExchangeAsync(ProviderRow provider, IssuerDocument document, string code, string callback, AttemptSecrets attempt, CancellationToken ct)
    {
        List<KeyValuePair<string, string>> form = [new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", callback), new("code_verifier", attempt.Verifier)];
        using var request = new HttpRequestMessage(HttpMethod.Post, document.Token ?? throw new SignOnRefusedException("no-token-endpoint"));
        var secret = await secrets.OpenAsync(provider, ct);
        if (secret is not null && !document.WantsSecretInBody)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(secret)}")));
        else
            form.Add(new("client_id", provider.ClientId));
        if (secret is not null && document.WantsSecretInBody)
            form.Add(new("client_secret", secret));
        request.Content = new FormUrlEncodedContent(form);
        var answer = await outbound.SendAsync(request, ct);
        return answer.IsGood ? answer.Body! : throw new SignOnRefusedException("code");
    }

    private static void Check(JsonObject claims, ProviderRow provider, AttemptSecrets attempt, string? access)
    {
        if (Json.Text(claims["sub"]) is not { Length: > 0 and <= 255 })
            throw new SignOnRefusedException("subject");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Json.Text(claims["nonce"]) ?? ""), Encoding.UTF8.GetBytes(attempt.Nonce)))
            throw new SignOnRefusedException("nonce");
        if (Json.Text(claims["azp"]) is { } party ? party != provider.ClientId : Json.Texts(claims["aud"]).Count > 1)
            throw new SignOnRefusedException("authorized-party");
        if (claims["at_hash"] is { } hash && Json.Text(hash) != HalfHash(access ?? ""))
            throw new SignOnRefusedException("access-token-hash");
    }

    private static string HalfHash(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, 16));

    /// <summary>Many providers put no more than the subject into the token. What they add must be about the same subject, and replaces nothing.</summary>
    private async Task<JsonObject> CompletedAsync(JsonObject claims, ProviderRow provider, IssuerDocument document, string? access, CancellationToken ct)
    {
        if (document.UserInfo is not { } address || access is null || (claims.ContainsKey("email") && claims.ContainsKey(provider.Policy.GroupsClaim)))
            return claims;
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", access) } };
        if (await outbound.SendAsync(request, ct) is not { IsGood: true, Body: { } more })
            return claims;
        if (Json.Text(more["sub"]) != Json.Text(claims["sub"]))
            throw new SignOnRefusedException("user-info-subject");
        foreach (var (name, value) in more.Where(m => !claims.ContainsKey(m.Key)).ToList())
            claims[name] = value?.DeepClone();
        return claims;
    }
}
