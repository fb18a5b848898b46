using System.Text.Json.Nodes;
using Dapper;
using Davit.ControlPlane.Tests.People;
using Davit.ControlPlane.Tests.Support;

namespace Davit.ControlPlane.Tests.SignOn;

/// <summary>Tokens are signed by a real provider's keys and say what a forge's CI jobs say; the forge itself is simulated.</summary>
public sealed class TrustTests(SsoServer server) : IClassFixture<SsoServer>
{
    private const string Rules = "/v1/orgs/default/trust-rules";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task A_job_of_a_simulated_forge_gets_a_short_token_that_does_what_the_rule_says()
    {
        var rule = await RuleAsync(new() { ["role"] = "viewer", ["lifeSeconds"] = 120 });

        var answer = await ExchangeAsync(rule, await server.Provider.TokenAsync(Job(), Ct));

        ((string)answer["token_type"]!, (int)answer["expires_in"]!, (string)answer["issued_token_type"]!).ShouldBe(("Bearer", 120, "urn:ietf:params:oauth:token-type:access_token"));
        using var job = server.Installed.Api((string)answer["access_token"]!);
        (await job.GetAsync("/v1/orgs/default/projects", Ct)).ShouldBe(200);
        (await job.PostAsync("/v1/orgs/default/projects", Staff.Body(new { name = "made-by-ci-" + Unique.Digits() }), Ct)).ShouldBeProblem(403, "DV4003");
        using var owner = server.Installed.Api();
        var name = (string)(await owner.GetAsync($"{Rules}/{rule}", Ct)).ShouldBe(200).Json["name"]!;
        (await owner.DeleteAsync($"{Rules}/{rule}?expectedVersion=1&confirm={name}", Ct)).ShouldBe(200);
        (await job.GetAsync("/v1/orgs/default/projects", Ct)).ShouldBeProblem(401, "DV4002");
        (await ExchangeAsync(rule, await server.Provider.TokenAsync(Job(), Ct)))["error"]!.GetValue<string>().ShouldBe("invalid_target");
    }

    [Fact]
    public async Task A_token_of_a_simulated_job_is_exchanged_once()
    {
        var rule = await RuleAsync();
        var (token, without) = (await server.Provider.TokenAsync(Job(), Ct), await server.Provider.TokenAsync(Job(("jti", null)), Ct));
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ExchangeAsync(rule, token)));

        answers.Count(a => a["access_token"] is not null).ShouldBe(1);
        (await CheckAsync(rule)).ShouldBe("replayed");
        (await ExchangeAsync(rule, without))["access_token"].ShouldNotBeNull();
        ((string)(await ExchangeAsync(rule, without))["error"]!).ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData("claim repository", "repository", "acme/other")]
    [InlineData("claim repository", "repository", "Acme/shop")]
    [InlineData("claim repository", "repository", "acme/shop-evil")]
    [InlineData("claim repository", "repository", null)]
    [InlineData("claim ref", "ref", "refs/heads/release/1")]
    [InlineData("claim ref", "ref", "xrefs/tags/v1")]
    [InlineData("audience", "aud", "another")]
    [InlineData("issuer", "iss", "https://token.example.com")]
    [InlineData("expired", "exp", -120L)]
    [InlineData("not-yet-valid", "nbf", 120L)]
    [InlineData("no-expiry", "exp", null)]
    public async Task What_a_simulated_job_must_not_say_is_refused_and_the_log_says_why(string check, string claim, object? value)
    {
        var rule = await RuleAsync();
        var token = await server.Provider.TokenAsync(Job((claim, value is long seconds ? Now + seconds : (string?)value)), Ct);

        var answer = await ExchangeAsync(rule, token);

        ((string)answer["error"]!).ShouldBe("invalid_grant");
        answer.ToJsonString().ShouldNotContain(check);
        (await CheckAsync(rule)).ShouldBe(check);
    }

    [Fact]
    public async Task Forged_and_foreign_tokens_are_refused()
    {
        var rule = await RuleAsync();
        var good = await server.Provider.TokenAsync(Job(), Ct);
        var (head, body) = Forged.Read(good);
        var none = head.DeepClone().AsObject();
        none["alg"] = "none";
        var hmac = head.DeepClone().AsObject();
        hmac["alg"] = "HS256";

        foreach (var token in (string[])[Forged.Flipped(good), Forged.Unsigned(none, body), Forged.Hs256(hmac, body, new byte[32]), "x.y.z", "nothing"])
            ((string)(await ExchangeAsync(rule, token))["error"]!).ShouldBe("invalid_grant");
        ((string)(await ExchangeAsync("trl_019a000000007000800000000000000f", good))["error"]!).ShouldBe("invalid_target");
        ((string)(await ExchangeAsync("", good))["error"]!).ShouldBe("invalid_target");
        ((string)(await ExchangeAsync(rule, ""))["error"]!).ShouldBe("invalid_request");
        (await ExchangeAsync(rule, good))["access_token"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_rule_that_would_let_anybody_in_is_not_made()
    {
        var principal = await PrincipalAsync();
        using var owner = server.Installed.Api();
        foreach (var (name, value) in ((string, JsonNode)[])[("claims", new JsonObject()), ("claims", new JsonObject { ["sub"] = "*" }), ("audience", ""), ("lifeSeconds", 59), ("lifeSeconds", 3601)])
        {
            var body = Draft(principal);
            body[name] = value;
            (await owner.PostAsync(Rules, body.ToJsonString(), Ct)).ShouldBeProblem(422, "DV7036");
        }

        var plain = Draft(principal);
        plain["issuer"] = "http://id.example.com";
        (await owner.PostAsync(Rules, plain.ToJsonString(), Ct)).ShouldBeProblem(422, "DV7030");
        using var developer = server.Installed.Api((await Staff.JoinAsync(server.Installed, server.Installed.Token, "developer", Ct)).Token);
        (await developer.PostAsync(Rules, Draft(principal).ToJsonString(), Ct)).ShouldBeProblem(403, "DV4003");
    }

    private static JsonObject Job(params (string Claim, JsonNode? Value)[] changes)
    {
        var claims = new JsonObject
        {
            ["sub"] = "repo:acme/shop:ref:refs/tags/v1", ["aud"] = "davit", ["repository"] = "acme/shop", ["ref"] = "refs/tags/v1", ["jti"] = Unique.Digits(), ["iat"] = Now, ["nbf"] = Now - 5, ["exp"] = Now + 300,
        };
        foreach (var (claim, value) in changes)
        {
            claims.Remove(claim);
            if (value is not null)
                claims[claim] = value;
        }

        return claims;
    }

    private JsonObject Draft(string principal) => new()
    {
        ["name"] = "rule-" + Unique.Digits(), ["principal"] = principal, ["issuer"] = server.Provider.Issuer, ["audience"] = "davit", ["claims"] = new JsonObject { ["repository"] = "acme/shop", ["ref"] = "refs/tags/*" },
    };

    private async Task<string> PrincipalAsync()
    {
        var name = "ci-" + Unique.Digits();
        using var owner = server.Installed.Api();
        (await owner.PostAsync("/v1/orgs/default/principals", Staff.Body(new { name }), Ct)).ShouldBe(201);
        (await owner.PostAsync("/v1/orgs/default/grants", Staff.Body(new { to = name, role = "developer", kind = "service" }), Ct)).ShouldBe(201);
        return name;
    }

    private async Task<string> RuleAsync(JsonObject? more = null)
    {
        var body = Draft(await PrincipalAsync());
        foreach (var (name, value) in more ?? [])
            body[name] = value?.DeepClone();
        using var owner = server.Installed.Api();
        return (string)(await owner.PostAsync(Rules, body.ToJsonString(), Ct)).ShouldBe(201).Value["id"]!;
    }

    private async Task<JsonNode> ExchangeAsync(string rule, string token)
    {
        using var job = server.Installed.Api("");
        return (await job.SendAsync(HttpMethod.Post, "/v1/oauth/token", new FormUrlEncodedContent(
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), new("subject_token", token), new("subject_token_type", "urn:ietf:params:oauth:token-type:id_token"), new("audience", rule),
        ]), Ct)).Json;
    }

    private async Task<string?> CheckAsync(string rule) => await server.Installed.Database.ReadAsync(db => db.ExecuteScalarAsync<string>(
        "select payload->>'check' from events where type = 'access.exchange-refused' and @rule = any(subjects) order by seq desc limit 1", new { rule }), Ct);
}
