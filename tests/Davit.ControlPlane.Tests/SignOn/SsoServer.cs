using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.People;
using Davit.ControlPlane.Tests.Support;
using Davit.Testing;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.SignOn;

/// <summary>A server, a real provider, and an org of its own with an owner for each test.</summary>
public sealed class SsoServer(PostgresServer postgres) : IAsyncLifetime
{
    internal Installed Installed { get; private set; } = null!;

    private RealProvider? _provider;
    private NpmPackageMissingException? _missing;

    /// <summary>Skips the test, and says so, where it cannot be had.</summary>
    internal RealProvider Provider
    {
        get
        {
            if (_missing is { } missing)
                NodePrograms.Skip(missing);
            return _provider!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        Installed = await Installed.StartAsync(postgres, CancellationToken.None, change: o => o with { PublicUrl = RealProvider.PublicUrl, ProviderNetworks = ["127.0.0.0/8"] });
        try
        {
            _provider = await RealProvider.StartAsync(CancellationToken.None);
        }
        catch (NpmPackageMissingException e)
        {
            _missing = e;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Installed.DisposeAsync();
        if (_provider is not null)
            await _provider.DisposeAsync();
    }

    /// <summary>Sets the provider up in the first org.</summary>
    internal async Task SetAsync(string name, object policy, CancellationToken ct, string? issuer = null)
    {
        using var owner = Installed.Api();
        var body = JsonNode.Parse(Staff.Body(policy))!.AsObject();
        var before = await owner.GetAsync($"/v1/orgs/default/sso/{name}", ct);
        body["issuer"] = issuer ?? Provider.Issuer;
        body["clientId"] = RealProvider.Client;
        body["clientSecret"] = RealProvider.Secret;
        body["scopes"] = new JsonArray("openid", "email", "profile", "groups");
        if (before.Status is 200)
            body["expectedVersion"] = (long)before.Json["version"]!;
        (await owner.PutAsync($"/v1/orgs/default/sso/{name}", body.ToJsonString(), ct)).ShouldBe(200);
    }

    /// <returns>Where the browser is sent, and what it keeps meanwhile.</returns>
    internal async Task<(string Address, string Cookie)> BeginAsync(string name, CancellationToken ct, string query = "")
    {
        using var api = Installed.Api("");
        var answer = (await api.GetAsync($"/v1/sign-on/default/{name}{query}", ct)).ShouldBe(302);
        return (answer.Headers.Location!.OriginalString, Kept(answer, "__Host-davit-sign-on"));
    }

    internal async Task<Answer> EndAsync(string path, string? cookie, CancellationToken ct)
    {
        using var api = Installed.Api("");
        if (cookie is not null)
            api.Http.DefaultRequestHeaders.Add("Cookie", cookie);
        return await api.GetAsync(path, ct);
    }

    /// <summary>The whole way of somebody who signs on.</summary>
    internal async Task<Answer> SignOnAsync(string name, string account, CancellationToken ct, string query = "")
    {
        var (address, cookie) = await BeginAsync(name, ct, query);
        return await EndAsync(await RealProvider.WalkAsync(address, account, ct), cookie, ct);
    }

    /// <summary>The API as a browser asks it that has just signed on.</summary>
    internal Api Browser(Answer signedOn)
    {
        var api = Installed.Api("");
        api.Http.DefaultRequestHeaders.Add("Cookie", Kept(signedOn.ShouldBe(302), "__Host-davit"));
        api.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return api;
    }

    internal static string Kept(Answer answer, string cookie) => answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).First(c => c.StartsWith(cookie + "=", StringComparison.Ordinal) && c.Length > cookie.Length + 10);
}
