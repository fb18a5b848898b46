using System.Net;
using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using Davit.Model;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

public sealed class SwitchTests : IAsyncLifetime
{
    private EdgeFixture _edge = null!;
    private Target _old = null!;
    private Target _new = null!;

    public async ValueTask InitializeAsync()
    {
        _edge = await StartAsync();
        _old = await Target.StartAsync("old");
        _new = await Target.StartAsync("new");
        await _edge.SwitchAsync(Simple(_old.Spec));
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        await _old.DisposeAsync();
        await _new.DisposeAsync();
    }

    public static TheoryData<string, ProbeResult> Refusals => new()
    {
        { "closed port", ProbeResult.ConnectionRefused },
        { "500", ProbeResult.WrongStatus },
        { "redirect", ProbeResult.Redirected },
        { "slow", ProbeResult.TimedOut },
        { "not http", ProbeResult.BrokenAnswer },
        { "wrong host", ProbeResult.WrongHost },
        { "wrong body", ProbeResult.WrongBody },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_target_that_is_not_ready_refuses_the_switch_and_traffic_stays(string what, ProbeResult why)
    {
        await using var picky = new ScriptedTarget(async (head, stream, ct) => await stream.WriteAsync(
            System.Text.Encoding.ASCII.GetBytes(head.Contains("wrong.example", StringComparison.Ordinal) ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), ct));
        await using var strange = ScriptedTarget.Answering("what?\n");
        var (target, probe) = (_new.Spec, new ProbeSpec { Path = "/ready", Timeout = TimeSpan.FromMilliseconds(300) });
        switch (what)
        {
            case "closed port":
                target = target with { Port = 1 };
                break;
            case "500":
                _new.ReadyStatus = 500;
                break;
            case "redirect":
                (_new.ReadyStatus, _new.ReadyRedirect) = (302, "https://shop.example/login");
                probe = probe with { Expect = [new StatusRange(200, 299)] };
                break;
            case "slow":
                _new.ReadyDelay = TimeSpan.FromSeconds(20);
                break;
            case "not http":
                (target, probe) = (strange.Spec, probe with { Path = "/other" });
                break;
            case "wrong host":
                (probe, target) = (probe with { Path = "/other", Host = "wrong.example" }, picky.Spec);
                break;
            default:
                probe = probe with { ExpectBody = "ready other" };
                break;
        }

        var refused = (await _edge.TrySwitchAsync(Simple(Service("web", target) with { Probe = probe }), seconds: 0.8)).ShouldBeOfType<SwitchOutcome.Refused>();

        refused.Why.Code.ShouldBe("DV5003");
        refused.Why.Detail.ShouldContain("stayed on the old targets");
        var ring = refused.Probes.ShouldHaveSingleItem();
        ring.Ready.ShouldBeFalse();
        ring.Ring[^1].Result.ShouldBe(why);
        if (what is "redirect")
            ring.Ring[^1].RedirectTarget.ShouldBe("https://shop.example/login");

        if (what is "500")
            (ring.Ring[^1].Status, ring.Ring[^1].Body).ShouldBe((500, "ready new"));

        (await WhoAsync()).ShouldBe("old");
    }

    [Fact]
    public async Task A_target_that_becomes_ready_within_the_deadline_is_taken()
    {
        _new.ReadyStatus = 503;
        var switching = _edge.TrySwitchAsync(Simple(_new.Spec));
        await Eventually.ShouldBeTrueAsync(() => _new.Seen.GetValueOrDefault("GET /ready") >= 2);
        (await WhoAsync()).ShouldBe("old");

        _new.ReadyStatus = 200;

        var switched = (await switching).ShouldBeOfType<SwitchOutcome.Switched>();
        switched.Probes[0].Ring.Length.ShouldBeGreaterThanOrEqualTo(3);
        (await WhoAsync()).ShouldBe("new");
    }

    [Theory]
    [InlineData(ProbeKind.Grpc)]
    [InlineData(ProbeKind.Tcp)]
    [InlineData(ProbeKind.None)]
    public async Task Other_kinds_of_probes_decide_too(ProbeKind kind)
    {
        await using var h2 = await Target.StartAsync("h2", http2: true);
        var service = Service("web", h2.Spec) with { Probe = new ProbeSpec { Kind = kind, Timeout = TimeSpan.FromSeconds(1) } };
        h2.ReadyStatus = 500;
        var outcome = await _edge.TrySwitchAsync(Simple(service), seconds: 0.5);
        if (kind is ProbeKind.Grpc)
        {
            outcome.ShouldBeOfType<SwitchOutcome.Refused>().Probes[0].Ring[^1].Result.ShouldBe(ProbeResult.NotServing);
            h2.ReadyStatus = 200;
            outcome = await _edge.TrySwitchAsync(Simple(service));
        }

        outcome.ShouldBeOfType<SwitchOutcome.Switched>();
        (await WhoAsync()).ShouldBe("h2");
    }

    [Fact]
    public async Task The_same_id_gets_the_same_answer_and_moves_nothing()
    {
        var request = _edge.Request(Simple(_new.Spec));
        var first = await _edge.Control.SwitchAsync(request, Ct);
        var version = (await _edge.Control.StatusAsync(Ct)).TableVersion;

        var again = (await _edge.Control.SwitchAsync(request, Ct)).ShouldBeOfType<SwitchOutcome.Switched>();

        again.At.ShouldBe(first.ShouldBeOfType<SwitchOutcome.Switched>().At);
        (await _edge.Control.StatusAsync(Ct)).TableVersion.ShouldBe(version);
    }

    [Fact]
    public async Task A_stale_fence_is_refused()
    {
        await _edge.SwitchAsync(Simple(_new.Spec), fence: 7);

        var refused = (await _edge.TrySwitchAsync(Simple(_old.Spec), fence: 6)).ShouldBeOfType<SwitchOutcome.Refused>();

        refused.Why.Name.ShouldBe("edge-fence-stale");
        (await WhoAsync()).ShouldBe("new");
    }

    [Fact]
    public async Task A_newer_fence_overtakes_a_switch_that_still_probes()
    {
        _old.ReadyStatus = 500;
        await using var third = await Target.StartAsync("third");
        third.ReadyStatus = 500;
        var slow = _edge.TrySwitchAsync(Simple(third.Spec), fence: 1, seconds: 60);
        await Eventually.ShouldBeTrueAsync(() => third.Seen.ContainsKey("GET /ready"));

        await _edge.SwitchAsync(Simple(_new.Spec), fence: 2);

        (await slow).ShouldBeOfType<SwitchOutcome.Refused>().Why.Code.ShouldBe("DV5002");
        (await WhoAsync()).ShouldBe("new");
    }

    [Fact]
    public async Task Routes_change_while_targets_stay_without_a_probe()
    {
        var probes = _old.Seen.GetValueOrDefault("GET /ready");
        var outcome = await _edge.TrySwitchAsync(With([new EdgeRoute("rte_1", RouteKind.Http, "web") { PathPrefix = "/only" }], Service("web", _old.Spec)));

        outcome.ShouldBeOfType<SwitchOutcome.Switched>().Probes.ShouldBeEmpty();
        (await _edge.Http.GetAsync("/", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _edge.Http.GetAsync("/only/this", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        probes.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Faults_of_a_table_are_named_all_at_once_and_a_taken_route_names_its_owner()
    {
        var bad = With(
            [new EdgeRoute("rte_1", RouteKind.Http, "missing"), new EdgeRoute("rte_2", RouteKind.Http, "web") { Host = "a b" }, new EdgeRoute("rte_3", RouteKind.Tcp, "web") { ListenPort = 25 }],
            Service("web", new EdgeTarget("ins_1", "not-an-address", 0)));
        var fault = (await _edge.TrySwitchAsync(bad)).ShouldBeOfType<SwitchOutcome.Refused>().Why;
        fault.Code.ShouldBe("DV5004");
        foreach (var part in new[] { "missing", "a b", "25", "not-an-address" })
            fault.Detail.ShouldContain(part);

        var other = Simple(_new.Spec) with { Environment = "env_other" };
        var taken = (await _edge.TrySwitchAsync(other)).ShouldBeOfType<SwitchOutcome.Refused>().Why;
        (taken.Code, taken.Detail.Contains(Env, StringComparison.Ordinal)).ShouldBe(("DV5005", true));
    }

    [Fact]
    public async Task A_removed_environment_is_gone_and_drained()
    {
        var outcome = await _edge.Control.RemoveAsync(Env, "sw_remove", 2, Ct);

        outcome.ShouldBeOfType<SwitchOutcome.Switched>();
        (await _edge.Http.GetAsync("/", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _edge.Control.DrainAsync("sw_remove", TimeSpan.FromSeconds(5), Ct)).IsDrained.ShouldBeTrue();
        var unknown = await Should.ThrowAsync<ProblemException>(() => _edge.Control.CountersAsync(Env, Ct));
        unknown.Problem.Code.ShouldBe("DV5007");
    }

    [Fact]
    public async Task An_unknown_switch_and_an_absent_edge_are_problems()
    {
        (await Should.ThrowAsync<ProblemException>(() => _edge.Control.DrainAsync("sw_none", TimeSpan.Zero, Ct))).Problem.Code.ShouldBe("DV5006");

        using var nobody = new EdgeControlClient(Path.Combine(_edge.Options.Data, "nobody.sock"));
        (await Should.ThrowAsync<ProblemException>(() => nobody.StatusAsync(Ct))).Problem.Code.ShouldBe("DV5001");
    }

    [Fact]
    public async Task Nobody_but_the_owner_opens_the_control_socket()
    {
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_edge.Options.Control).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await _edge.Http.GetAsync("/v1/status", Ct)).Headers.Contains("X-Target").ShouldBeTrue();
    }

    [Fact]
    public async Task A_sick_target_leaves_and_returns_also_when_it_is_the_only_one()
    {
        _old.ReadyStatus = 500;
        await Eventually.ShouldBeAsync(async () => (await _edge.Http.GetAsync("/", Ct)).StatusCode, HttpStatusCode.ServiceUnavailable);
        using var answer = await _edge.Http.GetAsync("/", Ct);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        (await _edge.Control.StatusAsync(Ct)).Environments[0].Targets[0].Health.ShouldBe(TargetHealth.Sick);

        _old.ReadyStatus = 200;
        await Eventually.ShouldBeAsync(async () => (await _edge.Http.GetAsync("/", Ct)).StatusCode, HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_instance_that_ended_leaves_at_once()
    {
        await _edge.SwitchAsync(Simple(_old.Spec, _new.Spec));

        (await _edge.Control.GoneAsync(Env, [_old.Spec.Instance, "ins_unknown"], Ct)).ShouldBe([_old.Spec.Instance]);

        for (var i = 0; i < 20; i++)
            (await WhoAsync()).ShouldBe("new");
    }

    [Fact]
    public async Task While_paused_requests_wait_and_are_all_answered_after()
    {
        await _edge.SwitchAsync(Simple(_old.Spec) with { Traffic = new EdgeTraffic(TrafficMode.Paused) });
        var waiting = Enumerable.Range(0, 50).Select(i => _edge.Http.GetAsync($"/p{i}", Ct)).ToArray();
        (await _edge.Http.GetAsync("/ready", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        waiting.ShouldAllBe(w => !w.IsCompleted);

        await _edge.SwitchAsync(Simple(_new.Spec) with { Traffic = EdgeTraffic.Serving });

        foreach (var answer in await Task.WhenAll(waiting))
            answer.Headers.GetValues("X-Target").ShouldBe(["new"]);
    }

    [Fact]
    public async Task In_maintenance_people_read_the_message()
    {
        await _edge.SwitchAsync(Simple(_old.Spec) with { Traffic = new EdgeTraffic(TrafficMode.Maintenance, "Back at <noon>.") });

        using var answer = await _edge.Http.GetAsync("/", Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain("Back at &lt;noon&gt;.");
    }

    private async Task<string> WhoAsync() => (await _edge.Http.GetAsync("/who", Ct)).Headers.GetValues("X-Target").Single();
}
