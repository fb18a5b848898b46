using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using Davit.ControlPlane.Tests.Support;

namespace Davit.ControlPlane.Tests.SignOn;

/// <summary>The npm package <c>oidc-provider</c> on a loopback port, and browsers that sign on with it.</summary>
internal sealed class RealProvider : IAsyncDisposable
{
    public const string Client = "davit";
    public const string Secret = "a secret of the client, 42 :/%";
    public const string PublicUrl = "https://davit.test";

    private readonly Process _node;
    private readonly HttpClient _control = new();

    private RealProvider(Process node, string issuer) => (_node, Issuer) = (node, issuer);

    public string Issuer { get; }

    public static async Task<RealProvider> StartAsync(CancellationToken ct)
    {
        var node = await NodePrograms.StartAsync("provider.mjs", new JsonObject { ["client"] = Client, ["secret"] = Secret, ["redirect"] = $"{PublicUrl}/v1/sign-on/callback", ["accounts"] = new JsonObject() }, ct);
        return new RealProvider(node, await node.StandardOutput.ReadLineAsync(ct) ?? throw new InvalidOperationException("the provider did not start"));
    }

    public Task RotateAsync(CancellationToken ct) => ControlAsync("rotate", null, ct);

    public Task TamperAsync(JsonObject? how, CancellationToken ct) => ControlAsync("tamper", how, ct);

    public Task AccountAsync(string id, JsonObject claims, CancellationToken ct) => ControlAsync("account", new JsonObject { ["id"] = id, ["claims"] = claims }, ct);

    /// <summary>A token that the provider signs as issuers of CI tokens do.</summary>
    public Task<string> TokenAsync(JsonObject claims, CancellationToken ct) => ControlAsync("token", claims, ct);

    /// <summary>How often its keys were asked for.</summary>
    public async Task<int> HitsAsync(CancellationToken ct) => int.Parse(await ControlAsync("hits", null, ct), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What a browser does from the address that davitd sends it to until it is sent back.</summary>
    /// <returns>The path and query that it is sent back to.</returns>
    public static async Task<string> WalkAsync(string address, string account, CancellationToken ct)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        var next = new Uri($"{address}&login_hint={HttpUtility.UrlEncode(account)}");
        for (var steps = 0; next.Host is not "davit.test"; steps++)
        {
            steps.ShouldBeLessThan(10);
            using var answer = await browser.GetAsync(next, ct);
            answer.Headers.Location.ShouldNotBeNull(await answer.Content.ReadAsStringAsync(ct));
            next = new Uri(next, answer.Headers.Location);
        }

        return next.PathAndQuery;
    }

    public void Stop() => _node.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_node.HasExited)
            _node.Kill();
        await _node.WaitForExitAsync(CancellationToken.None);
        _node.Dispose();
        _control.Dispose();
    }

    private async Task<string> ControlAsync(string what, JsonObject? body, CancellationToken ct)
    {
        using var answer = await _control.PostAsync(new Uri($"{Issuer}/test/{what}"), Api.Json(body?.ToJsonString() ?? "null"), ct);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(ct);
    }
}
