using System.Security.Cryptography;
using System.Text;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.SignIn;
using Davit.ControlPlane.Tests.Support;
using Davit.Store.Access;
using Davit.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Davit.ControlPlane.Tests;

public sealed class IdempotencyTests(OneServer server) : IClassFixture<OneServer>, IDisposable
{
    private readonly Api _api = server.Installed.Api();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task A_repeated_write_is_answered_as_the_first_time_and_another_body_is_refused()
    {
        var (body, key) = ("""{"name":"once"}""", "key-for-this-0001");
        var first = (await _api.PostAsync(Api.Apps, body, Ct, key)).ShouldBe(201);
        var again = (await _api.PostAsync(Api.Apps, body, Ct, key)).ShouldBe(201);
        again.Text.ShouldBe(first.Text);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        first.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();

        (await _api.PostAsync(Api.Apps, body + " ", Ct, key)).ShouldBeProblem(409, "DV4013");
    }

    [Fact]
    public async Task A_process_that_dies_after_the_commit_and_before_the_answer_leaves_the_answer_to_the_repeat()
    {
        // What the middleware and a handler do up to the commit; nobody answers.
        const string Key = "key-of-the-dead";
        var body = """{"name":"survivor"}""";
        var services = server.Installed.App.Services;
        var org = await server.Installed.OrgAsync(Ct);
        var space = new KeySpace(org, "owner", $"POST {Api.Apps}", Key);
        var hash = Convert.ToHexStringLower(HMACSHA256.HashData(services.GetRequiredService<AccountKey>().Digests, Encoding.UTF8.GetBytes(body)));
        await server.Installed.Database.ReadAsync(db => IdempotencyKeys.TakeAsync(db, space, hash, TimeProvider.System.GetUtcNow(), Ct), Ct);
        await services.GetRequiredService<Writers>().WriteAsync(Callers.Owner(org, "owner", "req-0000002") with { Key = space }, "x",
            w => Task.FromResult(TypedResults.Created("/x", new Page<string>(["made before the death"], null))), Ct);

        var again = (await _api.PostAsync(Api.Apps, body, Ct, Key)).ShouldBe(201);
        again.Text.ShouldContain("made before the death");
        (await _api.GetAsync($"{Api.Apps}/survivor", Ct)).ShouldBeProblem(404, "DV4001");
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("with a space in it")]
    public async Task A_write_needs_a_key_of_the_right_form(string key) => (await _api.PostAsync(Api.Apps, """{"name":"x"}""", Ct, key)).ShouldBeProblem(428, "DV4012");

    [Fact]
    public async Task Fifty_parallel_posts_with_one_key_make_one_thing()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _api.PostAsync(Api.Apps, """{"name":"fifty"}""", Ct, "key-of-fifty")));

        // Who comes while the first one runs is told to come again.
        answers.ShouldAllBe(a => a.Status == 201 || a.Code == "DV4014");
        answers.Where(a => a.Status is 201).Select(a => a.Text).Distinct().ShouldHaveSingleItem();
        answers.Where(a => a.Status is 409).ShouldAllBe(a => a.Headers.RetryAfter != null);
        (await _api.PostAsync(Api.Apps, """{"name":"fifty"}""", Ct, "key-of-fifty")).ShouldBe(201).Text.ShouldBe(answers.First(a => a.Status is 201).Text);
    }

    [Fact]
    public async Task A_refused_write_leaves_its_key_free()
    {
        (await _api.PostAsync(Api.Apps, """{"name":"NO"}""", Ct, "key-refused-1")).ShouldBeProblem(422, "DV4008");
        (await _api.PostAsync(Api.Apps, """{"name":"yes"}""", Ct, "key-refused-1")).ShouldBe(201);
    }

    [Fact]
    public async Task Fifty_parallel_posts_of_one_name_with_keys_of_their_own_make_one_and_the_server_stays_well()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _api.PostAsync(Api.Apps, """{"name":"race"}""", Ct)));
        answers.Count(a => a.Status is 201).ShouldBe(1);
        answers.Count(a => a.Code is "DV4007").ShouldBe(49);
        (await _api.GetAsync($"{Api.Apps}/race", Ct)).ShouldBe(200);
    }
}
