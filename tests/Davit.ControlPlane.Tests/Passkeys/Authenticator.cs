using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.Testing.Browser;
using Microsoft.Playwright;

namespace Davit.ControlPlane.Tests.Passkeys;

/// <summary>A browser with an authenticator of its own: Chromium's virtual one, which signs as a built-in reader of fingers would.</summary>
internal sealed class Authenticator : IAsyncDisposable
{
    private readonly IBrowserContext _profile;
    private readonly IPage _page;
    private readonly ICDPSession _session;
    private readonly string _id;

    private Authenticator(IBrowserContext profile, IPage page, ICDPSession session, string id) => (_profile, _page, _session, _id) = (profile, page, session, id);

    /// <param name="chromium">The browser.</param>
    /// <param name="site">The page that asks; nothing is fetched from it.</param>
    /// <param name="verifies">Whether it can tell its owner from others.</param>
    public static async Task<Authenticator> PlugInAsync(Chromium chromium, string site, bool verifies = true)
    {
        var profile = await chromium.ProfileAsync();
        await profile.RouteAsync("**/*", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html><title>site</title>" }));
        var page = await profile.NewPageAsync();
        await page.GotoAsync(site);
        var session = await profile.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable", new() { ["enableUI"] = false });
        var made = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = verifies, ["isUserVerified"] = verifies, ["automaticPresenceSimulation"] = true,
            },
        });
        return new Authenticator(profile, page, session, made!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>Goes on at another site, with the same keys.</summary>
    public Task VisitAsync(string site) => _page.GotoAsync(site);

    public Task<JsonObject> CreateAsync(JsonNode options) => RunAsync("async o => (await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(o)) })).toJSON()", options);

    public Task<JsonObject> SignAsync(JsonNode options) => RunAsync("async o => (await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(o)) })).toJSON()", options);

    /// <summary>Its only key as whoever copies it would take it.</summary>
    public async Task<Dictionary<string, object>> CopyAsync()
    {
        var held = await _session.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = _id });
        return held!.Value.GetProperty("credentials")[0].EnumerateObject().ToDictionary(p => p.Name, p => (object)p.Value.Clone(), StringComparer.Ordinal);
    }

    public Task PutAsync(Dictionary<string, object> credential) => _session.SendAsync("WebAuthn.addCredential", new() { ["authenticatorId"] = _id, ["credential"] = credential });

    public ValueTask DisposeAsync() => _profile.DisposeAsync();

    private async Task<JsonObject> RunAsync(string script, JsonNode options) => JsonNode.Parse((await _page.EvaluateAsync<JsonElement>(script, options.ToJsonString())).GetRawText())!.AsObject();
}
