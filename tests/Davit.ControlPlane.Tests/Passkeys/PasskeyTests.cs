using System.Text.Json.Nodes;
using Dapper;
using Davit.ControlPlane.Tests.People;
using Davit.ControlPlane.Tests.Support;
using Davit.Testing.Browser;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Passkeys;

/// <summary>Passkeys that a real browser makes and signs with.</summary>
public sealed class PasskeyTests(PostgresServer postgres, Chromium chromium) : IAsyncLifetime, IClassFixture<Chromium>
{
    private const string Site = "https://davit.test:8443";
    private const string Mine = "/v1/me/passkeys";

    private Installed _installed = null!;
    private Api _host = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _installed = await Installed.StartAsync(postgres, Ct, change: o => o with { PublicUrl = Site });
        _host = _installed.Api();
    }

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        return _installed.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_makes_several_names_them_signs_in_with_one_and_takes_one_away()
    {
        await using var phone = await Authenticator.PlugInAsync(chromium, Site);
        await using var laptop = await Authenticator.PlugInAsync(chromium, Site);
        var ann = await Staff.JoinAsync(_installed, _installed.Token, "developer", Ct);
        using var api = _installed.Api(ann.Token);

        var first = (string)(await AddAsync(api, phone, "Phone")).ShouldBe(200).Value["id"]!;
        (await AddAsync(api, laptop, "Laptop")).ShouldBe(200).Json["receipt"]!["kind"]!.ToString().ShouldBe("passkey-add");
        (await api.PatchAsync($"{Mine}/{first}", Staff.Body(new { name = "My phone" }), Ct)).ShouldBe(200);
        (await NamesAsync(api)).ShouldBe(["My phone", "Laptop"]);
        ((bool)(await api.GetAsync("/v1/me", Ct)).Json["user"]!["hasSecondFactor"]!).ShouldBeTrue();

        var entered = (await EnterAsync(phone)).ShouldBe(200).Json;
        ((string)entered["user"]!["id"]!, (bool)entered["user"]!["hasSecondFactor"]!).ShouldBe((ann.Id, true));
        using var signedIn = _installed.Api((string)entered["accessToken"]!);
        (await signedIn.GetAsync(Mine, Ct)).ShouldBe(200).Json["items"]![0]!["usedAt"].ShouldNotBeNull();

        (await signedIn.DeleteAsync($"{Mine}/{first}", Ct)).ShouldBe(200);
        (await NamesAsync(signedIn)).ShouldBe(["Laptop"]);
        (await EnterAsync(phone)).ShouldBeProblem(401, "DV7023");
        (await EnterAsync(laptop)).ShouldBe(200);
        (await signedIn.DeleteAsync($"{Mine}/{first}", Ct)).ShouldBeProblem(404, "DV4001");
    }

    [Fact]
    public async Task A_browser_gets_the_cookie_of_a_session()
    {
        await using var phone = await Authenticator.PlugInAsync(chromium, Site);
        await JoinedWithAsync(phone);

        var answer = (await EnterAsync(phone, form: "cookie")).ShouldBe(200);

        answer.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("__Host-davit=", StringComparison.Ordinal) && c.Contains("httponly", StringComparison.OrdinalIgnoreCase));
        answer.Json["accessToken"].ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_is_good_once_and_only_for_what_was_asked()
    {
        await using var phone = await Authenticator.PlugInAsync(chromium, Site);
        await JoinedWithAsync(phone);
        using var anybody = _installed.Api("");
        var asked = await AskAsync(anybody);
        var answer = await phone.SignAsync(asked["options"]!);

        (await SendAsync(anybody, (string)(await AskAsync(anybody))["attempt"]!, answer)).ShouldBeProblem(401, "DV7023");
        (await SendAsync(anybody, (string)asked["attempt"]!, answer)).ShouldBe(200);
        (await SendAsync(anybody, (string)asked["attempt"]!, answer)).ShouldBeProblem(401, "DV7023");

        var late = await AskAsync(anybody);
        answer = await phone.SignAsync(late["options"]!);
        await _installed.Database.ReadAsync(db => db.ExecuteAsync("update passkey_challenges set expires_at = now() - interval '1 second'"), Ct);
        (await SendAsync(anybody, (string)late["attempt"]!, answer)).ShouldBeProblem(401, "DV7023");

        var changed = await AskAsync(anybody);
        answer = await phone.SignAsync(changed["options"]!);
        var signature = (string)answer["response"]!["signature"]!;
        answer["response"]!["signature"] = signature[..^4] + (signature[^4] is 'A' ? 'B' : 'A') + signature[^3..];
        (await SendAsync(anybody, (string)changed["attempt"]!, answer)).ShouldBeProblem(401, "DV7023");
        (await SendAsync(anybody, "x", new JsonObject())).ShouldBeProblem(401, "DV7023");
        (await ChecksAsync()).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Another_site_or_an_owner_who_was_not_verified_is_refused()
    {
        await using var phone = await Authenticator.PlugInAsync(chromium, Site);
        await JoinedWithAsync(phone);
        using var anybody = _installed.Api("");

        await phone.VisitAsync("https://evil.davit.test:8443");
        var asked = await AskAsync(anybody);
        (await SendAsync(anybody, (string)asked["attempt"]!, await phone.SignAsync(asked["options"]!))).ShouldBeProblem(401, "DV7023");

        // A site that tricks its visitor into a passkey of its own, and passes that on.
        await using var tricked = await Authenticator.PlugInAsync(chromium, "https://evil.davit.test:8443");
        var bob = await Staff.JoinAsync(_installed, _installed.Token, "viewer", Ct);
        using var api = _installed.Api(bob.Token);
        var begun = (await api.PostAsync($"{Mine}/challenge", "{}", Ct)).ShouldBe(200).Json;
        begun["options"]!["rp"]!["id"] = "evil.davit.test";
        (await SendNewAsync(api, begun, await tricked.CreateAsync(begun["options"]!))).ShouldBeProblem(401, "DV7023");

        await using var blind = await Authenticator.PlugInAsync(chromium, Site, verifies: false);
        begun = (await api.PostAsync($"{Mine}/challenge", "{}", Ct)).ShouldBe(200).Json;
        begun["options"]!["authenticatorSelection"]!["userVerification"] = "discouraged";
        (await SendNewAsync(api, begun, await blind.CreateAsync(begun["options"]!))).ShouldBeProblem(401, "DV7023");
        (await NamesAsync(api)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_copied_key_is_noticed_when_its_count_goes_back()
    {
        await using var phone = await Authenticator.PlugInAsync(chromium, Site);
        await using var thief = await Authenticator.PlugInAsync(chromium, Site);
        await JoinedWithAsync(phone);
        await thief.PutAsync(await phone.CopyAsync());
        (await EnterAsync(phone)).ShouldBe(200);
        (await EnterAsync(phone)).ShouldBe(200);

        (await EnterAsync(thief)).ShouldBeProblem(401, "DV7023");

        (await ChecksAsync()).Single().ShouldContain("count", Case.Insensitive);
    }

    [Fact]
    public async Task It_proves_who_one_is_and_counts_where_an_org_demands_a_factor_but_only_when_it_was_shown()
    {
        await using var phone = await Authenticator.PlugInAsync(chromium, Site);
        var ann = await JoinedWithAsync(phone, "admin");
        (await _host.PutAsync("/v1/orgs/default/second-factor", """{"required":true,"expectedVersion":1,"graceDays":0}""", Ct)).ShouldBe(200);
        using var bare = _installed.Api((string)(await Staff.SignInAsync(_installed, ann.Email, Staff.Password, Ct)).ShouldBe(200).Json["accessToken"]!);

        (await bare.GetAsync("/v1/orgs/default/members", Ct)).ShouldBeProblem(403, "DV7101");
        var asked = (await bare.PostAsync("/v1/sessions/proof/passkey/challenge", "{}", Ct)).ShouldBe(200).Json;
        (await bare.PostAsync("/v1/sessions/proof/passkey", Staff.Body(new { attempt = (string)asked["attempt"]!, credential = await phone.SignAsync(asked["options"]!) }), Ct)).ShouldBe(200);
        (await bare.GetAsync("/v1/orgs/default/members", Ct)).ShouldBe(200);

        var only = (string)(await bare.GetAsync(Mine, Ct)).Json["items"]![0]!["id"]!;
        (await bare.DeleteAsync($"{Mine}/{only}", Ct)).ShouldBeProblem(409, "DV7102");
        (await NamesAsync(bare)).ShouldBe(["Key"]);
    }

    [Fact]
    public async Task Somebody_elses_passkey_proves_nothing()
    {
        await using var phone = await Authenticator.PlugInAsync(chromium, Site);
        await JoinedWithAsync(phone);
        var bob = await Staff.JoinAsync(_installed, _installed.Token, "viewer", Ct);
        using var api = _installed.Api(bob.Token);
        var asked = (await api.PostAsync("/v1/sessions/proof/passkey/challenge", "{}", Ct)).ShouldBe(200).Json;

        (await api.PostAsync("/v1/sessions/proof/passkey", Staff.Body(new { attempt = (string)asked["attempt"]!, credential = await phone.SignAsync(asked["options"]!) }), Ct)).ShouldBeProblem(401, "DV7023");
    }

    private async Task<Person> JoinedWithAsync(Authenticator authenticator, string role = "developer")
    {
        var person = await Staff.JoinAsync(_installed, _installed.Token, role, Ct);
        using var api = _installed.Api(person.Token);
        (await AddAsync(api, authenticator, "Key")).ShouldBe(200);
        return person;
    }

    private static async Task<Answer> AddAsync(Api api, Authenticator authenticator, string name)
    {
        var begun = (await api.PostAsync($"{Mine}/challenge", "{}", Ct)).ShouldBe(200).Json;
        return await SendNewAsync(api, begun, await authenticator.CreateAsync(begun["options"]!), name);
    }

    private static Task<Answer> SendNewAsync(Api api, JsonNode begun, JsonObject credential, string name = "Key") =>
        api.PostAsync(Mine, Staff.Body(new { name, attempt = (string)begun["attempt"]!, credential }), Ct);

    private async Task<Answer> EnterAsync(Authenticator authenticator, string form = "token")
    {
        using var api = _installed.Api("");
        var asked = await AskAsync(api);
        return await SendAsync(api, (string)asked["attempt"]!, await authenticator.SignAsync(asked["options"]!), form);
    }

    private static async Task<JsonNode> AskAsync(Api api) => (await api.PostAsync("/v1/sessions/passkey/challenge", "{}", Ct)).ShouldBe(200).Json;

    private static Task<Answer> SendAsync(Api api, string attempt, JsonObject credential, string form = "token") =>
        api.PostAsync("/v1/sessions/passkey", Staff.Body(new { attempt, credential, @as = form, device = "test" }), Ct);

    private static async Task<IEnumerable<string>> NamesAsync(Api api) => (await api.GetAsync(Mine, Ct)).ShouldBe(200).Json["items"]!.AsArray().Select(p => (string)p!["name"]!);

    private async Task<IReadOnlyList<string>> ChecksAsync() =>
        (await _installed.Database.ReadAsync(db => db.QueryAsync<string>("select payload->>'check' from events where type = 'access.passkey-refused' order by seq"), Ct)).AsList();
}
