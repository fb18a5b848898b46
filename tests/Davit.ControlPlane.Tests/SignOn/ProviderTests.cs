using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Davit.ControlPlane.SignOn;
using Davit.ControlPlane.Tests.People;
using Davit.ControlPlane.Tests.Support;

namespace Davit.ControlPlane.Tests.SignOn;

/// <summary>What may be set about providers, and by whom.</summary>
public sealed class ProviderTests(OneServer server) : IClassFixture<OneServer>
{
    private const string Secret = "the client's very own secret";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_goes_in_sealed_and_never_comes_out_and_does_not_follow_to_another_issuer()
    {
        var path = $"/v1/orgs/default/sso/corp-{Unique.Digits()}";
        using var owner = server.Installed.Api();
        var made = (await owner.PutAsync(path, Staff.Body(new { issuer = "https://id.example.com", clientId = "davit", clientSecret = Secret }), Ct)).ShouldBe(200);
        made.Text.ShouldNotContain(Secret);
        ((bool)made.Value["hasSecret"]!).ShouldBeTrue();
        var rows = await server.Installed.Database.ReadAsync(db => db.QueryAsync<byte[]>("select secret from identity_providers where secret is not null"), Ct);
        rows.ShouldNotContain(r => Holds(r, Secret));
        (await server.Installed.Database.ReadAsync(db => db.ExecuteScalarAsync<int>("select count(*)::int from events where payload::text like '%' || @Secret || '%'", new { Secret }), Ct)).ShouldBe(0);

        (await owner.PutAsync(path, Staff.Body(new { issuer = "https://id.example.com", clientId = "davit" }), Ct)).Status.ShouldBeGreaterThanOrEqualTo(400);
        ((bool)(await owner.PutAsync(path, Staff.Body(new { issuer = "https://id.example.com", clientId = "davit", expectedVersion = 1 }), Ct)).ShouldBe(200).Value["hasSecret"]!).ShouldBeTrue();
        (await owner.PutAsync(path, Staff.Body(new { issuer = "https://id.example.com", clientId = "davit", expectedVersion = 1 }), Ct)).Status.ShouldBe(409);
        ((bool)(await owner.PutAsync(path, Staff.Body(new { issuer = "https://evil.example.com", clientId = "davit", expectedVersion = 2 }), Ct)).ShouldBe(200).Value["hasSecret"]!).ShouldBeFalse();
    }

    [Theory]
    [InlineData("http://id.example.com", "DV7030")]
    [InlineData("http://127.0.0.1:9", "DV7030")]
    [InlineData("https://user@id.example.com", "DV7030")]
    [InlineData("https://id.example.com#x", "DV7030")]
    [InlineData("https://id.example.com?x", "DV7030")]
    [InlineData("file:///etc/passwd", "DV7030")]
    [InlineData("", "DV7030")]
    public async Task Only_https_is_asked(string issuer, string code)
    {
        using var owner = server.Installed.Api();
        (await owner.PutAsync($"/v1/orgs/default/sso/corp-{Unique.Digits()}", Staff.Body(new { issuer, clientId = "davit" }), Ct)).ShouldBeProblem(422, code);
    }

    [Theory]
    [InlineData("https://127.0.0.1:1")]
    [InlineData("https://localhost:1")]
    [InlineData("https://10.0.0.1")]
    [InlineData("https://169.254.169.254")]
    [InlineData("https://[::1]:1")]
    [InlineData("https://[::ffff:169.254.169.254]")]
    public async Task Names_that_stand_for_private_addresses_are_refused_where_the_connection_is_made(string issuer)
    {
        var name = $"corp-{Unique.Digits()}";
        await using var with = await Replicas.StartAsync(server.Installed, 1, o => o with { PublicUrl = "https://davit.test" }, Ct);
        (await with.Apis[1].PutAsync($"/v1/orgs/default/sso/{name}", Staff.Body(new { issuer, clientId = "davit" }), Ct)).ShouldBe(200);
        (await with.Apis[1].GetAsync($"/v1/sign-on/default/{name}", Ct)).ShouldBeProblem(422, "DV7030");
    }

    [Theory]
    [InlineData("1.1.1.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.8.9.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:1.1.1.1", true)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    public void An_address_is_public_or_not(string address, bool isPublic) => Outbound.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Fact]
    public async Task Nobody_maps_a_group_to_more_than_he_holds_or_to_owners()
    {
        using var owner = server.Installed.Api();
        using var admin = server.Installed.Api((await Staff.JoinAsync(server.Installed, server.Installed.Token, "admin", Ct)).Token);
        var path = $"/v1/orgs/default/sso/corp-{Unique.Digits()}";

        (await admin.PutAsync(path, Body(), Ct)).ShouldBeProblem(403, "DV4003");
        (await owner.PutAsync(path, Body(("defaultRole", "owner")), Ct)).ShouldBeProblem(422, "DV7035");
        (await owner.PutAsync(path, Body(("mappings", new JsonArray(new JsonObject { ["group"] = "g", ["role"] = "owner" }))), Ct)).ShouldBeProblem(422, "DV7035");
        (await owner.PutAsync(path, Body(("mappings", new JsonArray(new JsonObject { ["group"] = "g" }))), Ct)).ShouldBeProblem(422, "DV7035");
        (await owner.PutAsync(path, Body(("mappings", new JsonArray(new JsonObject { ["group"] = "g", ["team"] = "no-such-team" }))), Ct)).ShouldBeProblem(404, "DV4001");
        (await owner.PutAsync(path, Body(("creates", true)), Ct)).ShouldBeProblem(422, "DV7035");
        (await owner.PutAsync(path, Body(("domains", new JsonArray("not a domain"))), Ct)).ShouldBeProblem(422, "DV7035");
        (await owner.PutAsync(path, Body(("scopes", new JsonArray("a b"))), Ct)).ShouldBeProblem(422, "DV7035");
        (await owner.PutAsync(path, Body(("defaultRole", "admin")), Ct)).ShouldBe(200);
    }

    [Fact]
    public async Task Without_an_address_of_its_own_the_server_begins_nothing()
    {
        var name = $"corp-{Unique.Digits()}";
        using var owner = server.Installed.Api();
        (await owner.PutAsync($"/v1/orgs/default/sso/{name}", Body(), Ct)).ShouldBe(200);
        using var anybody = server.Installed.Api("");

        (await anybody.GetAsync($"/v1/sign-on/default/{name}", Ct)).ShouldBeProblem(409, "DV7033");
        (await anybody.GetAsync("/v1/sign-on/default/nobody", Ct)).ShouldBeProblem(404, "DV4001");
        (await anybody.GetAsync($"/v1/sign-on/other/{name}", Ct)).ShouldBeProblem(404, "DV4001");
    }

    private static string Body(params (string Name, JsonNode Value)[] more)
    {
        var body = new JsonObject { ["issuer"] = "https://id.example.com", ["clientId"] = "davit" };
        foreach (var (name, value) in more)
            body[name] = value;
        return body.ToJsonString();
    }

    private static bool Holds(byte[] row, string text) => row.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
