using System.Text.Json.Nodes;
using Dapper;
using Davit.ControlPlane.Tests.People;
using Davit.ControlPlane.Tests.Support;

namespace Davit.ControlPlane.Tests.SignOn;

/// <summary>Signing on with a real provider, as a browser does it.</summary>
public sealed class SsoTests(SsoServer server) : IClassFixture<SsoServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_new_gets_an_account_and_what_his_groups_give_and_loses_it_with_them()
    {
        var (name, id, team) = (Unique("corp"), Unique("ann"), Unique("platform"));
        using var owner = server.Installed.Api();
        (await owner.PostAsync("/v1/orgs/default/teams", Staff.Body(new { name = team }), Ct)).ShouldBe(201);
        await server.SetAsync(name, new { domains = (string[])["example.com"], creates = true, defaultRole = "viewer", mappings = (object[])[new { group = "eng", role = "developer" }, new { group = "eng", team }] }, Ct);
        await AccountAsync(id, verified: true, "eng", "other");

        var first = await server.SignOnAsync(name, id, Ct, "?return=/apps%3Fa=1");

        first.ShouldBe(302).Headers.Location!.OriginalString.ShouldBe("/apps?a=1");
        using var browser = server.Browser(first);
        var me = (await browser.GetAsync("/v1/me", Ct)).ShouldBe(200).Json;
        ((string)me["user"]!["email"]!).ShouldBe($"{id}@example.com");
        var member = (await owner.GetAsync($"/v1/orgs/default/members/{id}@example.com", Ct)).ShouldBe(200).Json;
        ((string)member["role"]!).ShouldBe("developer");
        member["teams"]!.AsArray().Select(t => (string)t!).ShouldBe([team]);

        await AccountAsync(id, verified: true, "other");
        using var again = server.Browser(await server.SignOnAsync(name, id, Ct));
        ((string)(await again.GetAsync("/v1/me", Ct)).Json["user"]!["id"]!).ShouldBe((string)me["user"]!["id"]!);
        member = (await owner.GetAsync($"/v1/orgs/default/members/{id}@example.com", Ct)).Json;
        ((string)member["role"]!).ShouldBe("viewer");
        member["teams"]!.AsArray().ShouldBeEmpty();
        (await Staff.SignInAsync(server.Installed, $"{id}@example.com", "", Ct)).ShouldBeProblem(401, "DV7004");
    }

    [Theory]
    [InlineData("nonce", """{"nonce":"another"}""")]
    [InlineData("nonce", """{"nonce":null}""")]
    [InlineData("audience", """{"aud":"another"}""")]
    [InlineData("authorized-party", """{"aud":["davit","another"]}""")]
    [InlineData("authorized-party", """{"azp":"another"}""")]
    [InlineData("issuer", """{"iss":"https://another.example.com"}""")]
    [InlineData("expired", """{"exp":1700000000}""")]
    [InlineData("no-expiry", """{"exp":null}""")]
    [InlineData("issued-in-the-future", """{"iat":4000000000}""")]
    [InlineData("not-yet-valid", """{"nbf":4000000000,"exp":4000000100}""")]
    [InlineData("access-token-hash", """{"at_hash":"AAAAAAAAAAAAAAAAAAAAAA"}""")]
    [InlineData("subject", """{"sub":null}""")]
    [InlineData("algorithm", """{"how":"none"}""")]
    [InlineData("algorithm", """{"how":"hmac"}""")]
    [InlineData("signature", """{"how":"foreign-key"}""")]
    [InlineData("key", """{"how":"unknown-key"}""")]
    [InlineData("", """{}""")]
    public async Task A_token_that_was_altered_on_its_way_signs_nobody_on(string check, string changes)
    {
        var (name, id) = (Unique("corp"), Unique("bob"));
        await server.SetAsync(name, new { domains = (string[])["example.com"], creates = true, defaultRole = "viewer" }, Ct);
        await AccountAsync(id, verified: true);
        await server.Provider.TamperAsync(JsonNode.Parse(changes)!.AsObject(), Ct);
        try
        {
            var answer = await server.SignOnAsync(name, id, Ct);

            if (check is "")
            {
                answer.ShouldBe(302);
                return;
            }

            ((string)answer.ShouldBeProblem(401, "DV7021").Json["detail"]!).ShouldContain("one of the checks failed");
            (answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []).ShouldNotContain(c => c.StartsWith("__Host-davit=", StringComparison.Ordinal));
            (await LastCheckAsync(name)).ShouldBe(check);
            (await UserAsync(id)).ShouldBe(0);
        }
        finally
        {
            await server.Provider.TamperAsync(null, Ct);
        }
    }

    [Fact]
    public async Task The_way_back_is_walked_once_by_the_browser_that_began_and_leads_nowhere_else()
    {
        var (name, id) = (Unique("corp"), Unique("eve"));
        await server.SetAsync(name, new { domains = (string[])["example.com"], creates = true, defaultRole = "viewer" }, Ct);
        await AccountAsync(id, verified: true);

        var (address, cookie) = await server.BeginAsync(name, Ct);
        var (_, others) = await server.BeginAsync(name, Ct);
        var back = await RealProvider.WalkAsync(address, id, Ct);
        (await server.EndAsync(back, others, Ct)).ShouldBeProblem(401, "DV7021");
        (await LastCheckAsync(name)).ShouldBe("browser");
        (await server.EndAsync(back, cookie, Ct)).ShouldBeProblem(410, "DV7037");

        (address, _) = await server.BeginAsync(name, Ct);
        (await server.EndAsync(await RealProvider.WalkAsync(address, id, Ct), null, Ct)).ShouldBeProblem(401, "DV7021");

        (address, cookie) = await server.BeginAsync(name, Ct);
        back = await RealProvider.WalkAsync(address, id, Ct);
        (await server.EndAsync(back.Replace("iss=", "iss=https%3A%2F%2Fother.example.com&x=", StringComparison.Ordinal), cookie, Ct)).ShouldBeProblem(401, "DV7021");
        (await LastCheckAsync(name)).ShouldBe("mix-up");

        (address, cookie) = await server.BeginAsync(name, Ct);
        back = await RealProvider.WalkAsync(address, id, Ct);
        (await server.EndAsync(back, cookie, Ct)).ShouldBe(302);
        (await server.EndAsync(back, cookie, Ct)).ShouldBeProblem(410, "DV7037");
        (await server.EndAsync("/v1/sign-on/callback?code=x", cookie, Ct)).ShouldBeProblem(410, "DV7037");

        foreach (var place in (string[])["//evil.example.com", "/%5Cevil.example.com", "https://evil.example.com", "/a%0Ab"])
            (await server.SignOnAsync(name, id, Ct, $"?return={place}")).ShouldBe(302).Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task An_attempt_asks_for_s256_and_the_database_keeps_nothing_that_would_end_it()
    {
        var name = Unique("corp");
        await server.SetAsync(name, new { }, Ct);
        var (address, cookie) = await server.BeginAsync(name, Ct);
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(address).Query);

        (query["response_type"], query["code_challenge_method"], query["redirect_uri"]).ShouldBe(("code", "S256", "https://davit.test/v1/sign-on/callback"));
        var rows = await server.Installed.Database.ReadAsync(db => db.QueryAsync<string>("select row_to_json(a)::text from sign_on_attempts a"), Ct);
        foreach (var secret in (string[])[query["state"]!, query["nonce"]!, query["code_challenge"]!, cookie.Split('=')[1]])
            rows.ShouldAllBe(r => !r.Contains(secret, StringComparison.Ordinal));

        (address, cookie) = await server.BeginAsync(name, Ct);
        await server.Installed.Database.ReadAsync(db => db.ExecuteAsync("update sign_on_attempts set expires_at = now() - interval '1 second'"), Ct);
        (await server.EndAsync($"/v1/sign-on/callback?code=x&state={System.Web.HttpUtility.ParseQueryString(new Uri(address).Query)["state"]}", cookie, Ct)).ShouldBeProblem(410, "DV7037");
    }

    [Fact]
    public async Task A_mail_address_that_is_unverified_or_of_elsewhere_or_somebody_elses_opens_nothing()
    {
        var (name, id) = (Unique("corp"), Unique("dan"));
        await server.SetAsync(name, new { domains = (string[])["example.com"], creates = true, linksVerified = true, defaultRole = "viewer" }, Ct);
        await AccountAsync(id, verified: false);
        (await server.SignOnAsync(name, id, Ct)).ShouldBeProblem(403, "DV7032");
        await server.Provider.AccountAsync(id, new JsonObject { ["email"] = $"{id}@elsewhere.example", ["email_verified"] = true }, Ct);
        (await server.SignOnAsync(name, id, Ct)).ShouldBeProblem(403, "DV7032");

        // Whoever belongs to another org too, or runs the installation, is not opened by this org's provider.
        var person = await Staff.JoinAsync(server.Installed, server.Installed.Token, "member", Ct);
        await server.Provider.AccountAsync(id, new JsonObject { ["email"] = person.Email, ["email_verified"] = true }, Ct);
        await server.Installed.Database.ReadAsync(db => db.ExecuteAsync("update users set is_operator = true where email = @Email", new { person.Email }), Ct);
        (await server.SignOnAsync(name, id, Ct)).ShouldBeProblem(403, "DV7031");
        await server.Installed.Database.ReadAsync(db => db.ExecuteAsync("update users set is_operator = false where email = @Email", new { person.Email }), Ct);
        await server.SetAsync(name, new { domains = (string[])["example.com"], creates = true, defaultRole = "viewer" }, Ct);
        (await server.SignOnAsync(name, id, Ct)).ShouldBeProblem(403, "DV7031");
        await server.SetAsync(name, new { domains = (string[])["example.com"], linksVerified = true, defaultRole = "viewer" }, Ct);
        using var linked = server.Browser(await server.SignOnAsync(name, id, Ct));
        ((string)(await linked.GetAsync("/v1/me", Ct)).Json["user"]!["id"]!).ShouldBe(person.Id);

        var stranger = Unique("zoe");
        await AccountAsync(stranger, verified: true);
        (await server.SignOnAsync(name, stranger, Ct)).ShouldBeProblem(403, "DV7032");
        (await UserAsync(stranger)).ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_is_signed_in_links_an_identity_and_no_other_account_takes_it()
    {
        var (name, id) = (Unique("corp"), Unique("fay"));
        await server.SetAsync(name, new { defaultRole = "viewer" }, Ct);
        await AccountAsync(id, verified: false);
        var person = await Staff.JoinAsync(server.Installed, server.Installed.Token, "developer", Ct);
        (await server.SignOnAsync(name, id, Ct)).ShouldBeProblem(403, "DV7032");

        (await LinkAsync(name, id, person)).ShouldBe(302);

        using var browser = server.Browser(await server.SignOnAsync(name, id, Ct));
        var me = (await browser.GetAsync("/v1/me", Ct)).ShouldBe(200).Json;
        ((string)me["user"]!["id"]!, (string)me["orgs"]![0]!["role"]!).ShouldBe((person.Id, "developer"));
        var other = await Staff.JoinAsync(server.Installed, server.Installed.Token, "developer", Ct);
        (await LinkAsync(name, id, other)).ShouldBeProblem(403, "DV7031");

        using var own = server.Installed.Api(person.Token);
        var identity = (string)(await own.GetAsync("/v1/me/identities", Ct)).ShouldBe(200).Json["items"]![0]!["id"]!;
        using (var others = server.Installed.Api(other.Token))
            (await others.DeleteAsync($"/v1/me/identities/{identity}", Ct)).ShouldBeProblem(404, "DV4001");
        (await own.DeleteAsync($"/v1/me/identities/{identity}", Ct)).ShouldBe(200);
        (await server.SignOnAsync(name, id, Ct)).ShouldBeProblem(403, "DV7032");
    }

    [Fact]
    public async Task A_session_of_an_orgs_provider_reaches_that_org_alone_also_through_a_device()
    {
        var (name, id, elsewhere) = (Unique("corp"), Unique("gil"), Unique("elsewhere"));
        await server.SetAsync(name, new { }, Ct);
        await AccountAsync(id, verified: true);
        var person = await Staff.JoinAsync(server.Installed, server.Installed.Token, "member", Ct);
        await server.Installed.OtherOrgAsync(elsewhere, Ct);
        await server.Installed.Database.ReadAsync(db => db.ExecuteAsync("insert into members (org_id, user_id, role, created_at) select o.id, u.id, 'owner', now() from orgs o, users u where o.name = @elsewhere and u.email = @Email", new { elsewhere, person.Email }), Ct);
        await server.Installed.Database.ReadAsync(db => db.ExecuteAsync("update users set is_operator = true where email = @Email", new { person.Email }), Ct);
        using (var own = server.Installed.Api(person.Token))
            (await own.GetAsync($"/v1/orgs/{elsewhere}", Ct)).ShouldBe(200);
        (await LinkAsync(name, id, person)).ShouldBe(302);

        using var browser = server.Browser(await server.SignOnAsync(name, id, Ct));
        (await browser.GetAsync("/v1/orgs/default", Ct)).ShouldBe(200);
        (await browser.GetAsync($"/v1/orgs/{elsewhere}", Ct)).ShouldBeProblem(404, "DV4001");
        (await browser.GetAsync("/v1/me", Ct)).Json["orgs"]!.AsArray().Count.ShouldBe(1);
        (await browser.PostAsync("/v1/orgs", Staff.Body(new { name = Unique("more") }), Ct)).ShouldBeProblem(403, "DV4003");
        (await browser.PostAsync("/v1/me/authenticator", "{}", Ct)).ShouldBeProblem(403, "DV7034");
        (await browser.PutAsync("/v1/me/password", Staff.Body(new { present = Staff.Password, wanted = Staff.Password }), Ct)).ShouldBeProblem(403, "DV7034");
        (await browser.PostAsync($"/v1/me/identities/default/{name}", "{}", Ct)).ShouldBeProblem(403, "DV7034");
        using var token = server.Installed.Api((string)(await browser.PostAsync("/v1/orgs/default/tokens", Staff.Body(new { name = "made-here" }), Ct)).ShouldBe(201).Value["secret"]!);
        (await token.GetAsync("/v1/orgs/default", Ct)).ShouldBe(200);
        (await token.PostAsync("/v1/orgs", Staff.Body(new { name = Unique("more") }), Ct)).ShouldBeProblem(403, "DV4003");
        (await token.PostAsync("/v1/me/authenticator", "{}", Ct)).ShouldBeProblem(403, "DV7034");

        using var device = server.Installed.Api("");
        var asked = (await device.SendAsync(HttpMethod.Post, "/v1/oauth/device_authorization", new FormUrlEncodedContent([new("client_id", "laptop")]), Ct)).Json;
        (await browser.PutAsync($"/v1/devices/{(string)asked["user_code"]!}", """{"approve":true}""", Ct)).ShouldBe(200);
        var tokens = (await device.SendAsync(HttpMethod.Post, "/v1/oauth/token", new FormUrlEncodedContent([new("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), new("device_code", (string)asked["device_code"]!)]), Ct)).Json;
        tokens = (await device.SendAsync(HttpMethod.Post, "/v1/oauth/token", new FormUrlEncodedContent([new("grant_type", "refresh_token"), new("refresh_token", (string)tokens["refresh_token"]!)]), Ct)).Json;
        using var letIn = server.Installed.Api((string)tokens["access_token"]!);
        (await letIn.GetAsync("/v1/orgs/default", Ct)).ShouldBe(200);
        (await letIn.GetAsync($"/v1/orgs/{elsewhere}", Ct)).ShouldBeProblem(404, "DV4001");

        using var owner = server.Installed.Api();
        (await owner.DeleteAsync($"/v1/orgs/default/sso/{name}?expectedVersion=1&confirm={name}", Ct)).ShouldBe(200);
        (await browser.GetAsync("/v1/orgs/default", Ct)).ShouldBeProblem(401, "DV4002");
        (await letIn.GetAsync("/v1/orgs/default", Ct)).ShouldBeProblem(401, "DV4002");
        (await token.GetAsync("/v1/orgs/default", Ct)).ShouldBeProblem(401, "DV4002");
    }

    [Fact]
    public async Task Keys_that_change_while_people_sign_on_refuse_nobody_and_unknown_ones_are_asked_for_once()
    {
        await using var provider = await RealProvider.StartAsync(Ct);
        var name = Unique("corp");
        await server.SetAsync(name, new { domains = (string[])["example.com"], creates = true, defaultRole = "viewer" }, Ct, provider.Issuer);
        var people = Enumerable.Range(0, 16).Select(_ => Unique("kim")).ToList();
        foreach (var id in people)
            await provider.AccountAsync(id, new JsonObject { ["email"] = $"{id}@example.com", ["email_verified"] = true }, Ct);
        (await server.SignOnAsync(name, people[0], Ct)).ShouldBe(302);

        foreach (var some in people.Chunk(8))
        {
            var under = await Task.WhenAll(some.Select(async id => (Id: id, Begun: await server.BeginAsync(name, Ct))));
            await provider.RotateAsync(Ct);
            foreach (var answer in await Task.WhenAll(under.Select(async u => await server.EndAsync(await RealProvider.WalkAsync(u.Begun.Address, u.Id, Ct), u.Begun.Cookie, Ct))))
                answer.ShouldBe(302);
        }

        var before = await provider.HitsAsync(Ct);
        await provider.TamperAsync(new JsonObject { ["how"] = "unknown-key" }, Ct);
        try
        {
            foreach (var answer in await Task.WhenAll(people.Select(id => server.SignOnAsync(name, id, Ct))))
                answer.ShouldBeProblem(401, "DV7021");
        }
        finally
        {
            await provider.TamperAsync(null, Ct);
        }

        (await provider.HitsAsync(Ct) - before).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_provider_that_is_away_is_told_soon_and_sessions_go_on()
    {
        await using var provider = await RealProvider.StartAsync(Ct);
        var (name, id) = (Unique("corp"), Unique("lea"));
        await server.SetAsync(name, new { domains = (string[])["example.com"], creates = true, defaultRole = "viewer" }, Ct, provider.Issuer);
        await provider.AccountAsync(id, new JsonObject { ["email"] = $"{id}@example.com", ["email_verified"] = true }, Ct);
        using var browser = server.Browser(await server.SignOnAsync(name, id, Ct));
        var (address, cookie) = await server.BeginAsync(name, Ct);
        var back = await RealProvider.WalkAsync(address, id, Ct);

        provider.Stop();

        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        (await server.EndAsync(back, cookie, Ct)).ShouldBeProblem(503, "DV7022");
        System.Diagnostics.Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        (await browser.GetAsync("/v1/orgs/default", Ct)).ShouldBe(200);
    }

    private async Task<Answer> LinkAsync(string name, string account, Person person)
    {
        using var own = server.Installed.Api(person.Token);
        var begun = (await own.PostAsync($"/v1/me/identities/default/{name}", "{}", Ct, key: null)).ShouldBe(200);
        return await server.EndAsync(await RealProvider.WalkAsync((string)begun.Json["address"]!, account, Ct), SsoServer.Kept(begun, "__Host-davit-sign-on"), Ct);
    }

    private Task AccountAsync(string id, bool verified, params string[] groups) => server.Provider.AccountAsync(
        id, new JsonObject { ["email"] = $"{id}@example.com", ["email_verified"] = verified, ["name"] = "Somebody", ["groups"] = new JsonArray([.. groups.Select(g => (JsonNode)g)]) }, Ct);

    private async Task<string?> LastCheckAsync(string name) => await server.Installed.Database.ReadAsync(db => db.ExecuteScalarAsync<string>(
        "select e.payload->>'check' from events e join identity_providers p on 'idp_' || replace(p.id::text, '-', '') = any(e.subjects) where e.type = 'access.sign-on-refused' and p.name = @name order by e.seq desc limit 1", new { name }), Ct);

    private Task<int> UserAsync(string id) => server.Installed.Database.ReadAsync(db => db.ExecuteScalarAsync<int>("select count(*)::int from users where email = @email", new { email = $"{id}@example.com" }), Ct);

    private static string Unique(string what) => $"{what}-{Support.Unique.Digits()}";
}
