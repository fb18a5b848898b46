using System.Text.Json.Nodes;
using Dapper;
using Davit.ControlPlane.Tests.Support;
using OtpNet;

namespace Davit.ControlPlane.Tests.People;

public sealed class SignInTests(OneServer server) : IClassFixture<OneServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unknown_account_and_wrong_password_are_answered_alike_and_five_failures_lock_the_network_out()
    {
        var person = await JoinAsync("member");
        var unknown = await SignInAsync($"nobody-{Unique.Digits()}@example.com", "something long and wrong 1");
        var wrong = await SignInAsync(person.Email, "something long and wrong 1");
        Told(unknown).ShouldBe(Told(wrong));
        wrong.ShouldBeProblem(401, "DV7004");

        for (var i = 0; i < 4; i++)
            (await SignInAsync(person.Email, "something long and wrong 1")).Status.ShouldBe(401);
        (await SignInAsync(person.Email, Staff.Password)).ShouldBeProblem(401, "DV7004");
        await server.Installed.Database.ReadAsync(db => db.ExecuteAsync("update sign_in_failures set at = at - interval '16 minutes'"), Ct);
        (await SignInAsync(person.Email, Staff.Password)).ShouldBe(200);

        static string Told(Answer answer) => $"{answer.Status} {answer.Json["code"]} {answer.Json["detail"]} {answer.Json["hint"]}";
    }

    [Fact]
    public async Task Guesses_from_everywhere_lock_out_strangers_and_not_the_network_that_the_person_is_known_from()
    {
        var person = await JoinAsync("member");
        await server.Installed.Database.ReadAsync(db => db.ExecuteAsync(
            "insert into sign_in_failures (account, network, at) select @account, '203.0.' || n || '.0/24', now() from generate_series(1, 40) n", new { account = person.Email }), Ct);

        (await SignInAsync(person.Email, Staff.Password)).ShouldBe(200);
        await server.Installed.Database.ReadAsync(db => db.ExecuteAsync("update user_sessions set address = '198.51.100.7' where user_id = (select id from users where email = @email)", new { email = person.Email }), Ct);
        (await SignInAsync(person.Email, Staff.Password)).ShouldBeProblem(401, "DV7004");
    }

    [Fact]
    public async Task A_refresh_token_is_used_once_and_a_copy_that_is_used_ends_the_session()
    {
        var person = await JoinAsync("member");
        var first = await RefreshAsync(person.Refresh);
        var access = (string)first["access_token"]!;
        using (var old = server.Installed.Api(person.Token))
            (await old.GetAsync("/v1/me", Ct)).ShouldBeProblem(401, "DV4002");
        using var api = server.Installed.Api(access);
        (await api.GetAsync("/v1/me", Ct)).ShouldBe(200);

        ((string)(await RefreshAsync(person.Refresh))["error"]!).ShouldBe("invalid_grant");

        (await api.GetAsync("/v1/me", Ct)).ShouldBeProblem(401, "DV4002");
        ((string)(await RefreshAsync((string)first["refresh_token"]!))["error"]!).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task An_authenticator_is_asked_for_once_it_was_confirmed_and_a_code_is_spent_once()
    {
        var person = await JoinAsync("member");
        using var api = server.Installed.Api(person.Token);
        var seed = Base32Encoding.ToBytes((string)(await api.PostAsync("/v1/me/authenticator", "{}", Ct)).ShouldBe(200).Json["secret"]!);
        (await SignInAsync(person.Email, Staff.Password)).ShouldBe(200);
        var codes = (await api.PutAsync("/v1/me/authenticator", Staff.Body(new { code = Code(seed) }), Ct)).ShouldBe(200).Json["codes"]!.AsArray().Select(c => (string)c!).ToList();
        codes.Count.ShouldBe(10);

        (await SignInAsync(person.Email, Staff.Password)).ShouldBeProblem(401, "DV7007");
        (await SignInAsync(person.Email, Staff.Password, Code(seed))).ShouldBeProblem(401, "DV7007");
        var next = Code(seed, 1);
        ((bool)(await SignInAsync(person.Email, Staff.Password, next)).ShouldBe(200).Json["user"]!["hasSecondFactor"]!).ShouldBeTrue();
        (await SignInAsync(person.Email, Staff.Password, next)).ShouldBeProblem(401, "DV7007");
        (await SignInAsync(person.Email, Staff.Password, codes[3])).ShouldBe(200);
        (await SignInAsync(person.Email, Staff.Password, codes[3])).ShouldBeProblem(401, "DV7007");
        (await server.Installed.Database.ReadAsync(db => db.ExecuteScalarAsync<byte[]>("select totp from users where email = @email", new { email = person.Email }), Ct))!.AsSpan().IndexOf(seed).ShouldBe(-1);
    }

    [Fact]
    public async Task A_device_is_let_in_by_its_person()
    {
        var person = await JoinAsync("developer");
        using var device = server.Installed.Api("");
        using var api = server.Installed.Api(person.Token);
        var asked = await FormAsync(device, "/v1/oauth/device_authorization", [new("client_id", "laptop")]);
        var (code, user) = ((string)asked["device_code"]!, (string)asked["user_code"]!);

        Error(await PollAsync()).ShouldBe("authorization_pending");
        Error(await PollAsync()).ShouldBe("slow_down");
        ((string)(await api.GetAsync($"/v1/devices/{user}", Ct)).ShouldBe(200).Json["device"]!).ShouldBe("laptop");
        (await api.PutAsync($"/v1/devices/{user}", """{"approve":true}""", Ct)).ShouldBe(200);
        await LaterAsync();
        var token = (string)(await PollAsync())["access_token"]!;
        using (var signedIn = server.Installed.Api(token))
            ((string)(await signedIn.GetAsync("/v1/me", Ct)).ShouldBe(200).Json["user"]!["email"]!).ShouldBe(person.Email);
        Error(await PollAsync()).ShouldBe("expired_token");

        Task<JsonNode> PollAsync() => FormAsync(device, "/v1/oauth/token", [new("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), new("device_code", code)]);
        Task<int> LaterAsync() => server.Installed.Database.ReadAsync(db => db.ExecuteAsync("update device_codes set polled_at = polled_at - interval '1 minute'"), Ct);
        static string Error(JsonNode answer) => (string)answer["error"]!;
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_an_old_one_does_not_come_back()
    {
        var person = await JoinAsync("member");
        var other = (string)(await SignInAsync(person.Email, Staff.Password)).ShouldBe(200).Json["accessToken"]!;
        using var api = server.Installed.Api(person.Token);
        const string Wanted = "four unrelated words make sense 3";

        (await api.PutAsync("/v1/me/password", Staff.Body(new { present = "not the password at all", wanted = Wanted }), Ct)).ShouldBeProblem(401, "DV7004");
        (await api.PutAsync("/v1/me/password", Staff.Body(new { present = Staff.Password, wanted = Wanted }), Ct)).ShouldBe(200);
        (await api.PutAsync("/v1/me/password", Staff.Body(new { present = Wanted, wanted = Staff.Password }), Ct)).ShouldBeProblem(422, "DV7006");

        using var ended = server.Installed.Api(other);
        (await ended.GetAsync("/v1/me", Ct)).ShouldBeProblem(401, "DV4002");
        (await SignInAsync(person.Email, Staff.Password)).ShouldBeProblem(401, "DV7004");
    }

    [Fact]
    public async Task A_browser_gets_a_cookie_that_scripts_and_other_sites_do_not()
    {
        var person = await JoinAsync("member");
        using var api = server.Installed.Api("");
        var answer = await api.PostAsync("/v1/sessions", Staff.Body(new { email = person.Email, password = Staff.Password, @as = "cookie" }), Ct);

        answer.ShouldBe(200).Text.ShouldNotContain("davit_");
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith("__Host-davit=davit_session_");
        foreach (var part in (string[])["path=/", "secure", "httponly", "samesite=lax"])
            cookie.ShouldContain(part, Case.Insensitive);
        api.Http.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        (await api.GetAsync("/v1/me", Ct)).ShouldBe(200);
        ((string)(await api.DeleteAsync("/v1/sessions/current", Ct)).ShouldBeProblem(403, "DV7910").Json["requestId"]!).ShouldStartWith("req_");
        api.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        (await api.DeleteAsync("/v1/sessions/current", Ct)).ShouldBe(200);
        (await api.GetAsync("/v1/me", Ct)).ShouldBeProblem(401, "DV4002");
    }

    private static string Code(byte[] seed, int stepsLater = 0) => new Totp(seed).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30 * stepsLater));

    private Task<Person> JoinAsync(string role) => Staff.JoinAsync(server.Installed, server.Installed.Token, role, Ct);

    private Task<Answer> SignInAsync(string email, string password, string? code = null) => Staff.SignInAsync(server.Installed, email, password, Ct, code);

    private async Task<JsonNode> RefreshAsync(string token)
    {
        using var api = server.Installed.Api("");
        return await FormAsync(api, "/v1/oauth/token", [new("grant_type", "refresh_token"), new("refresh_token", token)]);
    }

    private static async Task<JsonNode> FormAsync(Api api, string path, KeyValuePair<string, string>[] fields) =>
        (await api.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields), Ct)).Json;
}
