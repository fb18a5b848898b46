using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dapper;
using Davit.ControlPlane.Tests.People;
using Davit.ControlPlane.Tests.Support;
using Davit.ControlPlane.Tokens;
using Davit.Model;
using Davit.Store;
using Davit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Davit.ControlPlane.Tests.SignOn;

public sealed class JwtTests(OneServer server) : IClassFixture<OneServer>
{
    private const string Jwts = "/v1/orgs/default/jwts";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task It_does_what_its_scopes_say_until_it_is_revoked_on_every_server()
    {
        var person = await JoinAsync("developer");
        using var own = server.Installed.Api(person.Token);
        var made = (await own.PostAsync(Jwts, Staff.Body(new { name = "read", permissions = (string[])["org:read", "token:create"] }), Ct)).ShouldBe(201).Value;
        await using var replicas = await Replicas.StartAsync(server.Installed, 1, o => o, Ct);
        using var here = server.Installed.Api((string)made["secret"]!);
        using var there = new Api(replicas.SocketOf(0), (string)made["secret"]!);

        (await here.GetAsync("/v1/orgs/default", Ct)).ShouldBe(200);
        (await there.GetAsync("/v1/orgs/default", Ct)).ShouldBe(200);
        (await here.GetAsync("/v1/orgs/default/projects", Ct)).ShouldBeProblem(403, "DV4003");
        (await here.PostAsync(Jwts, Staff.Body(new { name = "more", permissions = (string[])["project:read"] }), Ct)).ShouldBeProblem(403, "DV7009");
        var body = Forged.Read((string)made["secret"]!).Body;
        ((string)body["sub"]!, (string)body["scope"]!, (long)body["exp"]! - (long)body["iat"]!).ShouldBe((person.Id, "org:read token:create", 12 * 3600));

        (await own.DeleteAsync($"/v1/orgs/default/tokens/{(string)made["token"]!["id"]!}", Ct)).ShouldBe(200);
        (await here.GetAsync("/v1/orgs/default", Ct)).ShouldBeProblem(401, "DV4002");
        (await there.GetAsync("/v1/orgs/default", Ct)).ShouldBeProblem(401, "DV4002");
    }

    [Fact]
    public async Task It_lasts_half_a_day_at_most_and_is_not_made_for_more_than_one_may()
    {
        var person = await JoinAsync("member");
        using var own = server.Installed.Api(person.Token);

        (await own.PostAsync(Jwts, Staff.Body(new { name = "long", expiresAt = TimeProvider.System.GetUtcNow().AddHours(12).AddSeconds(30) }), Ct)).ShouldBeProblem(422, "DV7019");
        (await own.PostAsync(Jwts, Staff.Body(new { name = "of-others", principal = "ci" }), Ct)).ShouldBeProblem(403, "DV4003");
        using var viewer = server.Installed.Api((await JoinAsync("viewer")).Token);
        (await viewer.PostAsync(Jwts, Staff.Body(new { name = "none" }), Ct)).ShouldBeProblem(403, "DV4003");
    }

    [Fact]
    public async Task What_was_forged_or_meant_for_others_is_refused()
    {
        var good = await MakeAsync();
        await ShouldBeAsync(good, 200);
        var (head, body) = Forged.Read(good);
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var published = (await KeysAsync()).Single(k => (string)k!["kid"]! == (string)head["kid"]!)!;

        await ShouldBeAsync(Forged.Flipped(good), 401);
        await ShouldBeAsync(Forged.Unsigned(With(head, "alg", "none"), body), 401);
        await ShouldBeAsync(Forged.Es256(head, body, foreign), 401);
        await ShouldBeAsync(Forged.Es256(With(head, "kid", "jwk_019a000000007000800000000000000f"), body, foreign), 401);
        await ShouldBeAsync(Forged.Hs256(With(head, "alg", "HS256"), body, System.Text.Encoding.UTF8.GetBytes(published.ToJsonString())), 401);
        await ShouldBeAsync(Forged.Hs256(With(head, "alg", "HS256"), body, Spki(published)), 401);
        await ShouldBeAsync("eyJ" + new string('a', 20_000), 401);
        await ShouldBeAsync("eyJhbGciOiJFUzI1NiJ9.x.y", 401);

        var elsewhere = await MakeAsync("https://shop.example.com");
        ((string)Forged.Read(elsewhere).Body["aud"]!).ShouldBe("https://shop.example.com");
        await ShouldBeAsync(elsewhere, 401);
    }

    [Theory]
    [InlineData("iss", "https://other.example.com")]
    [InlineData("aud", "https://other.example.com")]
    [InlineData("exp", -10L)]
    [InlineData("exp", null)]
    [InlineData("nbf", 60L)]
    [InlineData("iat", 60L)]
    [InlineData("jti", "key_019a000000007000800000000000000f")]
    [InlineData("jti", null)]
    [InlineData("typ", "JWT")]
    [InlineData("", "")]
    public async Task Each_claim_counts_even_when_the_signature_is_right(string claim, object? value)
    {
        var (head, body) = Forged.Read(await MakeAsync());
        JsonNode? changed = value is long seconds ? Now + seconds : (string?)value;
        if (claim is "typ")
            head["typ"] = changed;
        else if (claim is not "" && changed is null)
            body.Remove(claim);
        else if (claim is not "")
            body[claim] = changed;
        var key = await server.Installed.Database.WriteAsync(new Cause(await server.Installed.OrgAsync(Ct), "tester", "req-0000001", "x"), w => Keys.SigningAsync(w, w.At, Ct), Ct);

        await ShouldBeAsync(Forged.Es256(head, body, key.ECDsa), claim is "" ? 200 : 401);
    }

    [Fact]
    public async Task An_old_key_is_published_until_what_it_signed_has_ended()
    {
        var before = await MakeAsync();
        var old = (string)Forged.Read(before).Head["kid"]!;

        var rotated = (await Keys.RotateAsync(new Cause(await server.Installed.OrgAsync(Ct), "davitd", "req-0000001", "x"), Ct)).ToString();
        var after = await MakeAsync();

        ((string)Forged.Read(after).Head["kid"]!).ShouldBe(rotated);
        (await KeysAsync()).Select(k => (string)k!["kid"]!).ShouldContain(old);
        await ShouldBeAsync(before, 200);
        await ShouldBeAsync(after, 200);

        var id = Id.Parse<JwtKeyId>(old);
        await server.Installed.Database.ReadAsync(db => db.ExecuteAsync("update jwt_keys set retired_at = now() - interval '25 hours' where id = @id", new { id }), Ct);
        await ShouldBeAsync(before, 200);
        await server.Installed.Database.ReadAsync(db => db.ExecuteAsync("update jwt_keys set last_expires_at = now() - interval '1 second' where id = @id", new { id }), Ct);
        await ShouldBeAsync(before, 401);
        (await KeysAsync()).Select(k => (string)k!["kid"]!).ShouldNotContain(old);
        (await Keys.ForgetAsync(Ct)).ShouldBeGreaterThan(0);
        await ShouldBeAsync(after, 200);
    }

    [Fact]
    public async Task Keys_are_sealed_and_a_month_old_one_signs_nothing_more()
    {
        var before = (string)Forged.Read(await MakeAsync()).Head["kid"]!;
        var id = Id.Parse<JwtKeyId>(before);
        var row = await server.Installed.Database.ReadAsync(db => db.ExecuteScalarAsync<byte[]>("select sealed from jwt_keys where id = @id", new { id }), Ct);
        using var key = ECDsa.Create();
        Should.Throw<CryptographicException>(() => key.ImportPkcs8PrivateKey(row, out _));
        (await KeysAsync()).ShouldAllBe(k => k!["d"] == null);

        await server.Installed.Database.ReadAsync(db => db.ExecuteAsync("update jwt_keys set created_at = now() - interval '31 days' where id = @id", new { id }), Ct);
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => MakeAsync()));

        made.Select(t => (string)Forged.Read(t).Head["kid"]!).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().ShouldNotBe(before);
    }

    [Fact]
    public async Task All_of_a_principal_are_revoked_at_once()
    {
        var principal = "ci-" + Unique.Digits();
        using var owner = server.Installed.Api();
        (await owner.PostAsync("/v1/orgs/default/principals", Staff.Body(new { name = principal }), Ct)).ShouldBe(201);
        (await owner.PostAsync("/v1/orgs/default/grants", Staff.Body(new { to = principal, role = "developer", kind = "service" }), Ct)).ShouldBe(201);
        var jwt = (string)(await owner.PostAsync(Jwts, Staff.Body(new { name = "a", principal }), Ct)).ShouldBe(201).Value["secret"]!;
        var opaque = (string)(await owner.PostAsync("/v1/orgs/default/tokens", Staff.Body(new { name = "b", principal }), Ct)).ShouldBe(201).Value["secret"]!;
        await ShouldBeAsync(jwt, 200);

        ((int)(await owner.DeleteAsync($"/v1/orgs/default/tokens?of={principal}", Ct)).ShouldBe(200).Value).ShouldBe(2);

        await ShouldBeAsync(jwt, 401);
        await ShouldBeAsync(opaque, 401);
        (await owner.DeleteAsync("/v1/orgs/default/tokens?of=nobody", Ct)).ShouldBeProblem(404, "DV4001");
    }

    [Fact]
    public async Task Jose_checks_it_with_the_published_keys_alone()
    {
        var token = await MakeAsync("https://shop.example.com");
        const string Audience = "https://shop.example.com";

        (await JoseAsync(token, Audience)).ShouldBe("good");
        (await JoseAsync(Forged.Flipped(token), Audience)).ShouldBe("ERR_JWS_SIGNATURE_VERIFICATION_FAILED");
        (await JoseAsync(token, "https://other.example.com")).ShouldBe("ERR_JWT_CLAIM_VALIDATION_FAILED");
    }

    private async Task<string> JoseAsync(string token, string audience)
    {
        try
        {
            return await NodePrograms.RunAsync("check.mjs", new JsonObject { ["token"] = token, ["keys"] = new JsonObject { ["keys"] = await KeysAsync() }, ["issuer"] = (string)Forged.Read(token).Body["iss"]!, ["audience"] = audience }, Ct);
        }
        catch (NpmPackageMissingException e)
        {
            NodePrograms.Skip(e);
            throw;
        }
    }

    private JwtKeys Keys => server.Installed.App.Services.GetRequiredService<JwtKeys>();

    private async Task<string> MakeAsync(string? audience = null)
    {
        using var own = server.Installed.Api((await JoinAsync("member")).Token);
        return (string)(await own.PostAsync(Jwts, Staff.Body(new { name = "jwt", audience }), Ct)).ShouldBe(201).Value["secret"]!;
    }

    private async Task<JsonArray> KeysAsync()
    {
        using var anybody = server.Installed.Api("");
        var keys = (await anybody.GetAsync("/.well-known/jwks.json", Ct)).ShouldBe(200).Json["keys"]!.AsArray();
        return keys.DeepClone().AsArray();
    }

    private async Task ShouldBeAsync(string token, int status)
    {
        using var api = server.Installed.Api(token);
        (await api.GetAsync("/v1/orgs/default", Ct)).ShouldBe(status);
    }

    private Task<Person> JoinAsync(string role) => Staff.JoinAsync(server.Installed, server.Installed.Token, role, Ct);

    private static JsonObject With(JsonObject head, string name, string value)
    {
        var changed = head.DeepClone().AsObject();
        changed[name] = value;
        return changed;
    }

    private static byte[] Spki(JsonNode key)
    {
        using var read = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = System.Buffers.Text.Base64Url.DecodeFromChars((string)key["x"]!), Y = System.Buffers.Text.Base64Url.DecodeFromChars((string)key["y"]!) } });
        return read.ExportSubjectPublicKeyInfo();
    }
}
