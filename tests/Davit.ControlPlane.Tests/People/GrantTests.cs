using Davit.ControlPlane.Tests.Support;

namespace Davit.ControlPlane.Tests.People;

public sealed class GrantTests(OneServer server) : IClassFixture<OneServer>
{
    private const string Org = "/v1/orgs/default";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_grant_on_one_app_opens_it_and_shows_nothing_beside_it()
    {
        using var host = server.Installed.Api();
        var (mine, other) = ($"mine-{Unique.Digits()}", $"other-{Unique.Digits()}");
        foreach (var name in (string[])[mine, other])
            (await host.PostAsync(Api.Apps, Staff.Body(new { name }), Ct)).ShouldBe(201);
        var person = await NobodyAsync(host);
        using var api = server.Installed.Api(person.Token);
        (await api.GetAsync(Api.Apps, Ct)).ShouldBeProblem(404, "DV4001");

        await GrantAsync(host, person.Email, "developer", $"default/{mine}");

        Names(await api.GetAsync(Api.Apps, Ct)).ShouldBe([mine]);
        Names(await api.GetAsync($"{Org}/projects", Ct)).ShouldBe(["default"]);
        (await api.GetAsync($"{Api.Apps}/{other}", Ct)).ShouldBeProblem(403, "DV4003");
        (await api.PostAsync($"{Api.Apps}/{mine}/envs", """{"name":"staging"}""", Ct)).ShouldBe(201);
        (await api.PostAsync($"{Api.Apps}/{other}/envs", """{"name":"staging"}""", Ct)).ShouldBeProblem(403, "DV4003");
        (await api.PostAsync(Api.Apps, """{"name":"more"}""", Ct)).ShouldBeProblem(403, "DV4003");
        (await api.GetAsync($"{Org}/members", Ct)).ShouldBeProblem(403, "DV4003");
    }

    [Fact]
    public async Task A_protected_environment_is_only_changed_by_grants_that_reach_it()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var developer = await Staff.JoinAsync(server.Installed, server.Installed.Token, "developer", Ct);
        using var api = server.Installed.Api(developer.Token);
        (await api.PutAsync($"{shop.Env}/drift", """{"policy":"report"}""", Ct)).ShouldBe(200);

        (await api.PutAsync($"{shop.Env}/protection", """{"protected":true}""", Ct)).ShouldBeProblem(403, "DV4003");
        (await shop.Http.PutAsync($"{shop.Env}/protection", """{"protected":true}""", Ct)).ShouldBe(200);

        ((bool)(await api.GetAsync(shop.Env, Ct)).ShouldBe(200).Json["protected"]!).ShouldBeTrue();
        (await api.PutAsync($"{shop.Env}/drift", """{"policy":"repair"}""", Ct)).ShouldBeProblem(403, "DV4003");
        var explained = (await api.GetAsync($"{Org}/access/explanation?can=env:drift&on={Uri.EscapeDataString(await IdAsync(shop.Http, shop.Env))}", Ct)).ShouldBe(200).Json;
        ((bool)explained["allowed"]!).ShouldBeFalse();
        ((string)explained["why"]!).ShouldContain("protected");
        await GrantAsync(shop.Http, developer.Email, "developer", await IdAsync(shop.Http, shop.Env));
        (await api.PutAsync($"{shop.Env}/drift", """{"policy":"repair"}""", Ct)).ShouldBe(200);
    }

    [Fact]
    public async Task A_deny_wins_over_the_grants_of_teams_and_ends_when_it_is_taken_away()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var (above, below) = ($"t{Unique.Digits()}", $"t{Unique.Digits()}");
        (await shop.Http.PostAsync($"{Org}/teams", Staff.Body(new { name = above }), Ct)).ShouldBe(201);
        (await shop.Http.PostAsync($"{Org}/teams", Staff.Body(new { name = below, parent = above }), Ct)).ShouldBe(201);
        var person = await NobodyAsync(shop.Http);
        using var api = server.Installed.Api(person.Token);
        (await shop.Http.PutAsync($"{Org}/teams/{below}/members/{person.Email}", """{"lead":false}""", Ct)).ShouldBe(200);
        (await shop.Http.PostAsync($"{Org}/grants", Staff.Body(new { to = above, kind = "team", role = "viewer" }), Ct)).ShouldBe(201);
        (await api.GetAsync(shop.Env, Ct)).ShouldBe(200);

        var deny = (await shop.Http.PostAsync($"{Org}/grants", Staff.Body(new { to = person.Email, role = "viewer", on = await IdAsync(shop.Http, shop.Env), deny = true }), Ct)).ShouldBe(201).Value;

        (await api.GetAsync(shop.Env, Ct)).ShouldBeProblem(403, "DV4003");
        (await api.GetAsync(shop.App, Ct)).ShouldBe(200);
        (await shop.Http.DeleteAsync($"{Org}/grants/{deny["id"]}", Ct)).ShouldBe(200);
        (await api.GetAsync(shop.Env, Ct)).ShouldBe(200);
        (await shop.Http.DeleteAsync($"{Org}/teams/{below}/members/{person.Email}", Ct)).ShouldBe(200);
        (await api.GetAsync(shop.Env, Ct)).ShouldBeProblem(404, "DV4001");
    }

    [Fact]
    public async Task Nobody_gives_what_he_does_not_hold()
    {
        using var host = server.Installed.Api();
        var admin = await Staff.JoinAsync(server.Installed, server.Installed.Token, "admin", Ct);
        var member = await Staff.JoinAsync(server.Installed, server.Installed.Token, "member", Ct);
        using var api = server.Installed.Api(admin.Token);
        using var lesser = server.Installed.Api(member.Token);
        var role = $"r{Unique.Digits()}";
        (await host.PostAsync($"{Org}/roles", Staff.Body(new { name = role, permissions = (string[])["runtime:privileged"] }), Ct)).ShouldBe(201);

        (await api.PostAsync($"{Org}/grants", Staff.Body(new { to = member.Email, role = "owner" }), Ct)).Status.ShouldBe(403);
        (await api.PostAsync($"{Org}/grants", Staff.Body(new { to = admin.Email, role }), Ct)).ShouldBeProblem(403, "DV7009");
        (await api.PostAsync($"{Org}/roles", Staff.Body(new { name = role + "x", permissions = (string[])["runtime:host-path"] }), Ct)).ShouldBeProblem(403, "DV7009");
        (await api.PostAsync($"{Org}/roles", Staff.Body(new { name = role + "y", permissions = (string[])["server:read"] }), Ct)).ShouldBeProblem(422, "DV7013");
        (await api.PatchAsync($"{Org}/members/{admin.Email}", """{"expectedVersion":1,"role":"owner"}""", Ct)).Status.ShouldBe(403);
        (await api.PostAsync($"{Org}/invitations", Staff.Body(new { email = "x@example.com", role = "owner" }), Ct)).ShouldBeProblem(403, "DV7009");
        (await lesser.PostAsync($"{Org}/grants", Staff.Body(new { to = member.Email, role = "admin" }), Ct)).ShouldBeProblem(403, "DV4003");
        (await host.DeleteAsync($"{Org}/roles/{role}?expectedVersion=1&confirm={role}", Ct)).ShouldBe(200);
    }

    [Fact]
    public async Task A_token_does_no_more_than_it_was_made_for()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var developer = await Staff.JoinAsync(server.Installed, server.Installed.Token, "developer", Ct);
        using var api = server.Installed.Api(developer.Token);
        var env = await IdAsync(shop.Http, shop.Env);
        var reading = await TokenAsync(api, new { name = "r", permissions = (string[])["env:read"] });
        var confined = await TokenAsync(api, new { name = "c", within = env });
        var elsewhere = await TokenAsync(api, new { name = "n", networks = (string[])["203.0.113.0/24"] });

        using (var only = server.Installed.Api(reading.Secret))
        {
            (await only.GetAsync(shop.Env, Ct)).ShouldBe(200);
            (await only.PutAsync($"{shop.Env}/drift", """{"policy":"report"}""", Ct)).ShouldBeProblem(403, "DV4003");
        }

        using (var only = server.Installed.Api(confined.Secret))
        {
            (await only.PutAsync($"{shop.Env}/drift", """{"policy":"report"}""", Ct)).ShouldBe(200);
            (await only.PostAsync($"{shop.App}/envs", """{"name":"more"}""", Ct)).ShouldBeProblem(403, "DV4003");
            (await only.PostAsync($"{Org}/tokens", """{"name":"more"}""", Ct)).ShouldBeProblem(403, "DV4003");
        }

        using (var only = server.Installed.Api(elsewhere.Secret))
            (await only.GetAsync(shop.Env, Ct)).ShouldBeProblem(401, "DV4002");
        using (var mistyped = server.Installed.Api(reading.Secret[..^1] + (reading.Secret[^1] is 'a' ? 'b' : 'a')))
            (await mistyped.GetAsync(shop.Env, Ct)).ShouldBeProblem(401, "DV4002");
        (await api.DeleteAsync($"{Org}/tokens/{reading.Id}", Ct)).ShouldBe(200);
        using (var revoked = server.Installed.Api(reading.Secret))
            (await revoked.GetAsync(shop.Env, Ct)).ShouldBeProblem(401, "DV4002");
        (await api.GetAsync($"{Org}/tokens", Ct)).Text.ShouldNotContain(confined.Secret);
        (await api.PostAsync($"{Org}/tokens", Staff.Body(new { name = "x", expiresAt = "2099-01-01T00:00:00Z" }), Ct)).ShouldBeProblem(422, "DV7019");
    }

    [Fact]
    public async Task A_pipeline_deploys_with_a_token_of_its_own_and_may_not_leave_its_confinement()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var name = $"ci-{Unique.Digits()}";
        (await shop.Http.PostAsync($"{Org}/principals", Staff.Body(new { name }), Ct)).ShouldBe(201);
        (await shop.Http.PostAsync($"{Org}/grants", Staff.Body(new { to = name, kind = "service", role = "developer", on = await IdAsync(shop.Http, shop.Env) }), Ct)).ShouldBe(201);
        var token = await TokenAsync(shop.Http, new { name, principal = name });
        using var ci = server.Installed.Api(token.Secret);

        (await ci.PostAsync($"{shop.Env}/plans", """{"source":{"kind":"repository","address":"/etc"}}""", Ct)).ShouldBeProblem(403, "DV4003");
        (await ci.GetAsync("/v1/me", Ct)).ShouldBeProblem(403, "DV7003");
        ((string)(await ci.GetAsync("/v1/whoami", Ct)).ShouldBe(200).Json["actor"]!).ShouldStartWith("spn_");
        var holders = (await shop.Http.GetAsync($"{Org}/access/holders?can=deployment:create&on={await IdAsync(shop.Http, shop.Env)}", Ct)).ShouldBe(200).Json["items"]!.AsArray();
        holders.ShouldContain(h => (string)h!["who"]! == name);
        (await shop.Http.DeleteAsync($"{Org}/principals/{name}?expectedVersion=1&confirm={name}", Ct)).ShouldBe(200);
        (await ci.GetAsync("/v1/whoami", Ct)).ShouldBeProblem(401, "DV4002");
    }

    /// <summary>A member without a role: grants alone count.</summary>
    private async Task<Person> NobodyAsync(Api host)
    {
        var person = await Staff.JoinAsync(server.Installed, server.Installed.Token, "viewer", Ct);
        (await host.PatchAsync($"{Org}/members/{person.Email}", """{"expectedVersion":1,"role":""}""", Ct)).ShouldBe(200);
        return person;
    }

    private static async Task GrantAsync(Api by, string to, string role, string on) => (await by.PostAsync($"{Org}/grants", Staff.Body(new { to, role, on }), Ct)).ShouldBe(201);

    private static async Task<(string Id, string Secret)> TokenAsync(Api by, object request)
    {
        var made = (await by.PostAsync($"{Org}/tokens", Staff.Body(request), Ct)).ShouldBe(201).Value;
        return ((string)made["token"]!["id"]!, (string)made["secret"]!);
    }

    private static async Task<string> IdAsync(Api api, string path) => (string)(await api.GetAsync(path, Ct)).ShouldBe(200).Json["id"]!;

    private static IEnumerable<string> Names(Answer list) => list.ShouldBe(200).Json["items"]!.AsArray().Select(i => (string)i!["name"]!);
}
