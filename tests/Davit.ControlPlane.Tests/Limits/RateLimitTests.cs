using System.Diagnostics;
using Davit.ControlPlane.Tests.Support;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Limits;

public sealed class RateLimitTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Limits = "/v1/orgs/default/limits";
    private Installed _installed = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _installed = await Installed.StartAsync(postgres, Ct);

    public ValueTask DisposeAsync() => _installed.DisposeAsync();

    [Fact]
    public async Task A_token_that_asks_too_often_is_told_which_limit_and_when_to_come_again()
    {
        await using var more = await Replicas.StartAsync(_installed, 1, o => o with { ReadsPerMinute = 20, WritesPerMinute = 5 }, Ct);
        var api = more.Apis[1];

        var first = (await api.GetAsync("/v1/orgs/default", Ct)).ShouldBe(200);
        (One(first, "RateLimit-Limit"), One(first, "X-RateLimit-Limit"), One(first, "RateLimit-Remaining")).ShouldBe(("20", "20", "19"));
        int.Parse(One(first, "RateLimit-Reset"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);

        var refused = await UntilRefusedAsync(() => api.GetAsync("/v1/orgs/default", Ct), atMost: 25);
        ((string)refused.ShouldBeProblem(429, "DV7310").Json["detail"]!).ShouldContain("'token-reads' of 20 a minute");
        (One(refused, "Retry-After"), One(refused, "RateLimit-Remaining")).ShouldBe(("3", "0"));

        // Writes are counted apart, and so are other tokens.
        (await api.PostAsync(Api.Apps, """{"name":"still"}""", Ct)).ShouldBe(201);
        (await UntilRefusedAsync(() => api.PostAsync(Api.Apps, """{"name":"still"}""", Ct), atMost: 10)).ShouldBeProblem(429, "DV7310");
        using var foreign = new Api(more.SocketOf(0), await _installed.OtherOrgAsync("other", Ct));
        (await foreign.GetAsync("/v1/orgs", Ct)).ShouldBe(200);
    }

    [Fact]
    public async Task Guesses_are_counted_by_network_before_the_database_is_asked()
    {
        await using var more = await Replicas.StartAsync(_installed, 1, o => o with { StrangersPerMinute = 10 }, Ct);
        using var guesser = new Api(more.SocketOf(0), "davit_" + new string('A', 43));

        var refused = (await UntilRefusedAsync(() => guesser.GetAsync("/v1/orgs", Ct), atMost: 15, otherwise: 401)).ShouldBeProblem(429, "DV7310");
        ((string)refused.Json["detail"]!).ShouldContain("'network'");
    }

    [Fact]
    public async Task An_org_sets_its_own_limits_and_they_hold_at_once()
    {
        using var api = _installed.Api();
        (await api.PutAsync(Limits, """{"readsPerMinute":-1,"expectedVersion":0}""", Ct)).ShouldBeProblem(422, "DV7303");
        (await api.PutAsync(Limits, """{"readsPerMinute":15,"expectedVersion":0}""", Ct)).ShouldBe(200).Json["receipt"].ShouldNotBeNull();
        (await api.PutAsync(Limits, """{"readsPerMinute":16,"expectedVersion":0}""", Ct)).ShouldBeProblem(409, "DV4010");

        (await UntilRefusedAsync(() => api.GetAsync("/v1/orgs/default", Ct), atMost: 20)).ShouldBeProblem(429, "DV7310");
        (await api.PutAsync(Limits, """{"readsPerMinute":0,"expectedVersion":1}""", Ct)).ShouldBe(200);
    }

    /// <summary>The measure is time on a machine that others use too, so the bound is wide; the figure is printed.</summary>
    [Fact]
    public async Task Refusing_is_cheaper_than_serving()
    {
        await using var more = await Replicas.StartAsync(_installed, 2, o => o with { ReadsPerMinute = 60_000_000 }, Ct);
        var served = await TookAsync(more.Apis[1], 200);
        using var api = _installed.Api();
        (await api.PutAsync(Limits, """{"readsPerMinute":1,"expectedVersion":0}""", Ct)).ShouldBe(200);
        await UntilRefusedAsync(() => more.Apis[2].GetAsync("/v1/orgs/default", Ct), atMost: 3);
        var refused = await TookAsync(more.Apis[2], 429);

        TestContext.Current.SendDiagnosticMessage("served {0:0} µs, refused {1:0} µs", served.TotalMicroseconds, refused.TotalMicroseconds);
        refused.ShouldBeLessThan(served);
    }

    private static async Task<TimeSpan> TookAsync(Api api, int status)
    {
        for (var i = 0; i < 50; i++)
            await api.GetAsync("/v1/orgs/default", Ct);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 300; i++)
            (await api.GetAsync("/v1/orgs/default", Ct)).ShouldBe(status);
        return Stopwatch.GetElapsedTime(began) / 300;
    }

    private static async Task<Answer> UntilRefusedAsync(Func<Task<Answer>> ask, int atMost, int otherwise = 0)
    {
        for (var i = 0; i < atMost; i++)
        {
            var answer = await ask();
            if (answer.Status is 429)
                return answer;
            if (otherwise > 0)
                answer.ShouldBe(otherwise);
        }

        throw new InvalidOperationException($"none of {atMost} requests was refused");
    }

    private static string One(Answer answer, string header) => answer.Headers.GetValues(header).ShouldHaveSingleItem();
}
