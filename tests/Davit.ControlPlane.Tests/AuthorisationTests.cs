using Davit.ControlPlane.Access;
using Davit.ControlPlane.Tests.Support;
using Davit.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Davit.ControlPlane.Tests;

public sealed class AuthorisationTests(OneServer server) : IClassFixture<OneServer>
{
    private static readonly string[] Open =
    [
        "GET /v1/health", "GET /v1/capabilities", "GET /v1/keys/receipts", "GET /v1/openapi.json", "GET /v1/setup", "POST /v1/setup", "POST /v1/sessions", "POST /v1/join", "POST /v1/oauth/device_authorization", "POST /v1/oauth/token",
        "GET /.well-known/jwks.json", "GET /v1/sign-on/{tenant}/{name}", "GET /v1/sign-on/callback",
        "POST /v1/sessions/passkey", "POST /v1/sessions/passkey/challenge",
    ];

    /// <summary>Pages ask the API as whoever looks at them.</summary>
    private static readonly string[] Pages =
    [
        "GET /", "GET /assets/{digest}/{file}", "GET /setup", "POST /setup", "GET /sign-in", "POST /sign-in", "POST /sign-out",
        $"GET {Env}", $"GET {Env}/live", $"POST {Env}/scale", $"POST {Env}/stopped", $"POST {Env}/deployments",
        $"GET {Env}/deployments/{{deployment}}", $"GET {Env}/deployments/{{deployment}}/live", $"GET {Env}/deployments/{{deployment}}/log", $"POST {Env}/deployments/{{deployment}}/cancel",
        $"GET {Env}/logs", $"GET {Env}/logs/live", "GET /orgs/{org}/audit",
    ];

    private const string Env = "/orgs/{org}/projects/{project}/apps/{app}/envs/{env}";

    /// <summary>What operators of the installation may do to every org; the foreign token of these tests is one's.</summary>
    private static readonly string[] OfOperators = ["GET /v1/server/orgs/{org}/quotas", "PUT /v1/orgs/{org}/quotas", "PUT /v1/orgs/{org}/suspension", "POST /v1/orgs/{org}/restoration"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_endpoint_declares_what_it_needs()
    {
        var endpoints = ((IEndpointRouteBuilder)server.Installed.App).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().ToList();
        endpoints.Count.ShouldBeGreaterThan(30);
        endpoints.ShouldAllBe(e => e.Metadata.GetMetadata<Permission>() != null);
        endpoints.Where(e => e.Metadata.GetMetadata<Permission>()!.IsOpen)
            .Select(e => $"{e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} /{e.RoutePattern.RawText!.Trim('/')}").ShouldBe([.. Open, .. Pages], ignoreOrder: true);
    }

    [Fact]
    public async Task An_endpoint_that_declares_nothing_keeps_the_server_from_starting()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/declared", () => "").Needs("app:read");
        app.MapGet("/invented", () => "").Needs("app:invent");
        app.MapGet("/forgotten", () => "");

        var problem = Should.Throw<ProblemException>(() => Permissions.RequireEverywhere(((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints))).Problem;
        problem.Code.ShouldBe("DV4203");
        problem.Detail.ShouldContain("/forgotten");
        problem.Detail.ShouldContain("/invented");
        problem.Detail.ShouldNotContain("/declared");
    }

    [Theory]
    [InlineData("")]
    [InlineData("davit_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Every_operation_without_a_valid_token_is_401(string token)
    {
        using var api = server.Installed.Api(token);
        foreach (var (method, path) in await OperationsAsync())
        {
            var answer = await api.SendAsync(method, Fill(path, "default", "default", "shop", "production"), Body(method), Ct);
            answer.ShouldBeProblem(401, "DV4002");
            answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        }
    }

    [Fact]
    public async Task Everything_of_one_org_is_404_for_another_by_name_and_by_id()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var (app, env) = ((await shop.Http.GetAsync(shop.App, Ct)).Json, (await shop.Http.GetAsync(shop.Env, Ct)).Json);
        var (org, project) = ((await shop.Http.GetAsync("/v1/orgs/default", Ct)).Json, (await shop.Http.GetAsync("/v1/orgs/default/projects/default", Ct)).Json);
        using var foreign = server.Installed.Api(await server.Installed.OtherOrgAsync("other-" + Unique.Digits(), Ct));
        var own = (string)(await foreign.GetAsync("/v1/orgs", Ct)).Json["items"]![0]!["name"]!;

        string[][] names =
        [
            ["default", "default", (string)app["name"]!, "production"],
            [(string)org["id"]!, (string)project["id"]!, (string)app["id"]!, (string)env["id"]!],

            // Through the caller's own org to the other's things.
            [own, (string)project["id"]!, (string)app["id"]!, (string)env["id"]!],
            [own, "default", (string)app["id"]!, (string)env["id"]!],
        ];
        foreach (var (method, path) in (await OperationsAsync()).Where(o => o.Path.Contains("{org}", StringComparison.Ordinal) && !OfOperators.Contains($"{o.Method} {o.Path}", StringComparer.Ordinal)))
        {
            foreach (var name in names.Where(n => n[0] != own || IsBelow(path, n)))
                (await foreign.SendAsync(method, Fill(path, name), Body(method, path), Ct)).ShouldBeProblem(404, "DV4001");
        }
    }

    /// <summary>Whether the path names something of the other org, when the org itself is the caller's.</summary>
    private static bool IsBelow(string path, string[] names) => names[1] is "default"
        ? path.Contains("{app}", StringComparison.Ordinal)
        : path.Contains("{project}", StringComparison.Ordinal);

    private static string Fill(string path, params string[] names) => path
        .Replace("{org}", names[0], StringComparison.Ordinal).Replace("{project}", names[1], StringComparison.Ordinal)
        .Replace("{app}", names[2], StringComparison.Ordinal).Replace("{env}", names[3], StringComparison.Ordinal)
        .Replace("{deployment}", "1", StringComparison.Ordinal).Replace("{release}", "1", StringComparison.Ordinal)
        .Replace("{session}", "exs_019a000000007000800000000000000f", StringComparison.Ordinal).Replace("{receipt}", "rcp_019a000000007000800000000000000f", StringComparison.Ordinal);

    private static HttpContent? Body(HttpMethod method, string path = "") => method == HttpMethod.Get || method == HttpMethod.Delete ? null : Api.Json(path switch
    {
        _ when path.EndsWith("/deployments", StringComparison.Ordinal) || path.EndsWith("/plans", StringComparison.Ordinal) => """{"source":{"kind":"serving"}}""",
        _ when path.EndsWith("/scale", StringComparison.Ordinal) => """{"services":{}}""",
        _ when path.EndsWith("/traffic", StringComparison.Ordinal) => """{"mode":"paused"}""",
        _ when path.EndsWith("/canary", StringComparison.Ordinal) => """{"action":"pause"}""",
        _ when path.EndsWith("/drift", StringComparison.Ordinal) => """{"policy":"report"}""",
        _ when path.EndsWith("/stopped", StringComparison.Ordinal) => """{"stopped":true}""",
        _ when path.EndsWith("/exec-sessions", StringComparison.Ordinal) => """{"command":["true"]}""",
        _ when path.EndsWith("/runs", StringComparison.Ordinal) => """{"service":"web","command":["true"]}""",
        _ when path.EndsWith("/backup-policy", StringComparison.Ordinal) => """{"everySeconds":3600,"proveSeconds":3600,"keep":1}""",
        _ when path.EndsWith("/backups", StringComparison.Ordinal) => """{"stop":true}""",
        _ when path.EndsWith("/snapshots", StringComparison.Ordinal) => """{"method":"live"}""",
        _ when path.EndsWith("/restores", StringComparison.Ordinal) => """{"as":"x"}""",
        _ when path.Contains("/secrets/", StringComparison.Ordinal) || path.Contains("/variables/", StringComparison.Ordinal) => """{"value":"long enough"}""",
        _ when path.EndsWith("/secret-imports", StringComparison.Ordinal) => """{"values":{}}""",
        _ when path.EndsWith("/inheritance", StringComparison.Ordinal) => """{"from":null}""",
        _ when path.Contains("/variable-definitions/", StringComparison.Ordinal) => """{"type":"string"}""",
        _ when path.EndsWith("/pin", StringComparison.Ordinal) => """{"reason":"x"}""",
        _ when path.EndsWith("/retention", StringComparison.Ordinal) => """{"keepDays":400,"archiveDays":2557}""",
        _ when path.EndsWith("/limits", StringComparison.Ordinal) => "{}",
        _ when path.EndsWith("/quotas", StringComparison.Ordinal) => """{"limits":{"apps":1}}""",
        _ when method == HttpMethod.Patch => """{"expectedVersion":1}""",
        _ => """{"name":"x"}""",
    });

    private async Task<List<(HttpMethod Method, string Path)>> OperationsAsync()
    {
        using var api = server.Installed.Api("");
        var paths = (await api.GetAsync("/v1/openapi.json", Ct)).ShouldBe(200).Json["paths"]!.AsObject();
        var all = paths
            .SelectMany(p => p.Value!.AsObject().Where(o => o.Key is "get" or "post" or "put" or "patch" or "delete").Select(o => (HttpMethod.Parse(o.Key), p.Key)))
            .Where(o => !Open.Contains($"{o.Item1} {o.Key}", StringComparer.Ordinal)).ToList();
        all.Count.ShouldBeGreaterThan(30);
        return all;
    }
}
