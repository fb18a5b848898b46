using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

/// <summary>A part of the clients is served by a new release, and each stays where it is.</summary>
public sealed class SplitTests : IAsyncLifetime
{
    private EdgeFixture _edge = null!;
    private Target _old = null!;
    private Target _new = null!;

    public async ValueTask InitializeAsync()
    {
        _edge = await StartAsync();
        _old = await Target.StartAsync("old");
        _new = await Target.StartAsync("new");
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        await _old.DisposeAsync();
        await _new.DisposeAsync();
    }

    [Theory]
    [InlineData(5)]
    [InlineData(25)]
    [InlineData(50)]
    public async Task The_share_is_the_one_that_was_asked_for(int percent)
    {
        const int requests = 4000;
        await _edge.SwitchAsync(Split(percent));
        var side = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var fresh = 0;
            for (var i = 0; i < requests / 8; i++)
                fresh += (await AskAsync("")).Who is "new" ? 1 : 0;

            return fresh;
        })));

        // χ² with one degree of freedom at 1 in 100,000: a share that is right fails once in a lifetime.
        double expected = requests * percent / 100.0, off = side.Sum() - expected;
        ((off * off / expected) + (off * off / (requests - expected))).ShouldBeLessThan(19.5, $"{side.Sum()} of {requests}");
        var counted = (await _edge.Control.SplitsAsync(Env, Ct)).Splits.ShouldHaveSingleItem();
        (counted.Percent, counted.New.Requests, counted.Old.Requests).ShouldBe((percent, side.Sum(), requests - side.Sum()));
        (counted.Old.LatencyBuckets.Sum(), counted.New.Errors).ShouldBe((requests - side.Sum(), 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("X-Customer")]
    public async Task A_client_keeps_its_side_and_a_greater_share_never_moves_one_back(string header)
    {
        await _edge.SwitchAsync(Split(20, header));
        var clients = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 200; i++)
        {
            var (who, cookie) = await AskAsync(header is "" ? "" : $"customer-{i}", header);
            clients[header is "" ? cookie : $"customer-{i}"] = who;
        }

        clients.Count.ShouldBe(200);
        clients.Values.Count(w => w is "new").ShouldBeInRange(15, 70);
        foreach (var percent in (int[])[20, 50, 100])
        {
            await _edge.SwitchAsync(Split(percent, header));
            foreach (var (client, before) in clients)
            {
                var (who, cookie) = await AskAsync(client, header);
                cookie.ShouldBe("", "who is known is not told again");
                if (percent is 20 || before is "new")
                    who.ShouldBe(before);

                clients[client] = who;
            }
        }

        clients.Values.ShouldAllBe(w => w == "new");
    }

    [Fact]
    public async Task The_cookie_is_opaque_and_what_is_none_of_ours_is_replaced()
    {
        await _edge.SwitchAsync(Split(50));
        using var answer = await _edge.Http.GetAsync("/", Ct);
        answer.Headers.GetValues("Set-Cookie").Single().ShouldMatch("^davit_client=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Lax$");
        (await AskAsync("davit_client=forged")).Cookie.ShouldStartWith("davit_client=");
    }

    [Fact]
    public async Task Errors_are_counted_on_the_side_that_made_them()
    {
        await _edge.SwitchAsync(Split(100));
        for (var i = 0; i < 5; i++)
            (await _edge.Http.GetAsync("/status?code=500", Ct)).Dispose();

        await _edge.SwitchAsync(Split(0));
        (await _edge.Http.GetAsync("/", Ct)).Dispose();

        var counted = (await _edge.Control.SplitsAsync(Env, Ct)).Splits.Single();
        (counted.New.Requests, counted.New.Errors, counted.Old.Requests, counted.Old.Errors).ShouldBe((5, 5, 1, 0));
        (counted.Old.Release, counted.New.Release).ShouldBe(("rel_1", "rel_2"));
    }

    [Fact]
    public async Task Sites_are_split_too()
    {
        var root = NewDirectory();
        foreach (var word in (string[])["old", "new"])
        {
            Directory.CreateDirectory(Path.Combine(root, word));
            await File.WriteAllTextAsync(Path.Combine(root, word, "index.html"), word, Ct);
        }

        var site = new EdgeService("site", "rel_1", []) { Site = new StaticSite(Path.Combine(root, "old")) };
        foreach (var (percent, word) in ((int, string)[])[(0, "old"), (100, "new")])
        {
            await _edge.SwitchAsync(Simple(site with { Split = new EdgeSplit(site with { Release = "rel_2", Site = new StaticSite(Path.Combine(root, "new")) }, percent, "dep_1") }));
            (await _edge.Http.GetStringAsync("/", Ct)).ShouldBe(word);
        }

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task What_the_edge_answers_before_it_chose_a_side_is_counted_on_none()
    {
        var split = Split(0);
        await _edge.SwitchAsync(split with { Routes = [split.Routes[0] with { Tls = new RouteTls(TlsMode.Local, RedirectToHttps: true) }] });
        using (var redirected = await _edge.Http.GetAsync("/", Ct))
            ((int)redirected.StatusCode).ShouldBe(308);

        await _edge.SwitchAsync(split);
        await _edge.Control.SetTrafficAsync(Env, new EdgeTraffic(TrafficMode.Maintenance), Ct);
        using (var turnedAway = await _edge.Http.GetAsync("/", Ct))
            ((int)turnedAway.StatusCode).ShouldBe(503);

        var counted = (await _edge.Control.SplitsAsync(Env, Ct)).Splits.Single();
        (counted.Old.Requests, counted.New.Requests).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_side_without_a_target_that_may_serve_sends_its_clients_to_the_other_and_is_charged_for_it()
    {
        await _edge.SwitchAsync(Split(100));
        await _edge.Control.GoneAsync(Env, ["ins_new"], Ct);

        (await AskAsync("")).Who.ShouldBe("old");
        var counted = (await _edge.Control.SplitsAsync(Env, Ct)).Splits.Single();
        (counted.New.Requests, counted.New.Errors).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Promoting_keeps_the_new_target_with_what_runs_on_it_and_drains_the_old_one()
    {
        await _edge.SwitchAsync(Split(100));
        var held = _edge.Http.GetAsync("/hold", Ct);
        await Eventually.ShouldBeTrueAsync(() => Volatile.Read(ref _new.Holding) is 1);

        var id = await _edge.SwitchAsync(Simple(Service("web", _new.Spec)));
        (await _edge.Control.DrainAsync(id, TimeSpan.FromSeconds(2), Ct)).Targets.ShouldHaveSingleItem().Instance.ShouldBe("ins_old");
        _new.Release.TrySetResult();
        (await held).IsSuccessStatusCode.ShouldBeTrue();
        (await _edge.Control.SplitsAsync(Env, Ct)).Splits.ShouldBeEmpty();
        (await AskAsync("")).ShouldBe(("new", ""));
    }

    [Fact]
    public async Task A_new_side_that_is_not_ready_is_refused_and_a_split_that_means_nothing_too()
    {
        _new.ReadyStatus = 500;
        (await _edge.TrySwitchAsync(Split(5), seconds: 0.3)).ShouldBeOfType<SwitchOutcome.Refused>().Why.Code.ShouldBe("DV5003");
        var split = Split(5).Services[0];
        foreach (var wrong in (EdgeSplit[])[split.Split! with { Percent = 101 }, split.Split! with { Seed = "" }, split.Split! with { Header = "no header" }, split.Split! with { To = split }])
            (await _edge.TrySwitchAsync(Simple(split with { Split = wrong }))).ShouldBeOfType<SwitchOutcome.Refused>().Why.Code.ShouldBe("DV5004");
    }

    [Fact]
    public async Task A_killed_edge_still_knows_the_split()
    {
        var data = NewDirectory();
        await using (var edge = await EdgeProcess.StartAsync(data))
        {
            (await edge.Control.SwitchAsync(new SwitchRequest("sw_1", 1, Split(100), TimeSpan.FromSeconds(5)), Ct)).ShouldBeOfType<SwitchOutcome.Switched>();
            edge.Kill();
        }

        await using var again = await EdgeProcess.StartAsync(data);
        (await again.WhoAsync()).ShouldBe("new");
        (await again.Control.SplitsAsync(Env, Ct)).Splits.Single().Percent.ShouldBe(100);
        Directory.Delete(data, recursive: true);
    }

    private EdgeEnvironment Split(int percent, string header = "") => Simple(Service("web", _old.Spec) with
    {
        Split = new EdgeSplit(Service("web", _new.Spec) with { Release = "rel_2" }, percent, "dep_1") { Header = header },
    });

    /// <param name="client">A cookie, or the value of the header.</param>
    private async Task<(string Who, string Cookie)> AskAsync(string client, string header = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (client is not "")
            request.Headers.Add(header is "" ? "Cookie" : header, client);

        using var answer = await _edge.Http.SendAsync(request, Ct);
        return (answer.Headers.GetValues("X-Target").Single(), answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Single().Split(';')[0] : "");
    }
}
