using System.Net;
using System.Net.Sockets;
using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

/// <summary>Switches that meet each other, their own drains, and a disk that fails.</summary>
public sealed class SwitchRaceTests : IAsyncLifetime
{
    private const string OtherEnv = "env_0198b2f00000700080000000000000a2";

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

    [Theory]
    [InlineData(RouteKind.Http)]
    [InlineData(RouteKind.Tcp)]
    public async Task Of_two_environments_that_want_one_place_at_once_only_one_gets_it(RouteKind kind)
    {
        await using var first = await Target.StartAsync();
        await using var second = await Target.StartAsync();
        (first.ReadyStatus, second.ReadyStatus) = (503, 503);
        var port = Ports.Free();
        var both = new[] { ("env_one", first), ("env_two", second) }
            .Select(e => _edge.TrySwitchAsync(new EdgeEnvironment(e.Item1, [Route(kind, port)], [Service("web", e.Item2.Spec)]))).ToArray();
        await Eventually.ShouldBeTrueAsync(() => first.Seen.ContainsKey("GET /ready") && second.Seen.ContainsKey("GET /ready"));

        (first.ReadyStatus, second.ReadyStatus) = (200, 200);

        var outcomes = await Task.WhenAll(both);
        outcomes.OfType<SwitchOutcome.Switched>().ShouldHaveSingleItem();
        outcomes.OfType<SwitchOutcome.Refused>().ShouldHaveSingleItem().Why.Code.ShouldBe("DV5005");
    }

    [Fact]
    public async Task A_switch_back_during_the_drain_serves_at_once_and_cuts_nothing()
    {
        var held = _edge.Http.GetStringAsync("/hold", Ct);
        await Eventually.ShouldBeTrueAsync(() => Volatile.Read(ref _old.Holding) is 1);
        var forward = await _edge.SwitchAsync(Simple(_new.Spec));

        var back = await _edge.SwitchAsync(Simple(_old.Spec));

        (await WhoAsync()).ShouldBe("old");
        (await _edge.Control.DrainAsync(back, TimeSpan.FromSeconds(5), Ct)).IsDrained.ShouldBeTrue();
        (await _edge.Control.DrainAsync(forward, TimeSpan.Zero, Ct)).InFlight.ShouldBe(1);
        var seen = (await _edge.Control.StatusAsync(Ct)).Environments[0].Targets;
        seen.Select(t => (t.Instance, t.Health)).ShouldBe([("ins_old", TargetHealth.Ready), ("ins_old", TargetHealth.Draining)]);
        _old.Release.SetResult();
        (await held).ShouldBe("old");
        var end = await _edge.Control.DrainAsync(forward, TimeSpan.FromSeconds(5), Ct);
        (end.IsDrained, end.Cut).ShouldBe((true, 0));
        (await WhoAsync()).ShouldBe("old");
    }

    [Fact]
    public async Task What_a_removed_environment_still_runs_is_reported_until_it_has_ended()
    {
        var held = _edge.Http.GetStringAsync("/hold", Ct);
        await Eventually.ShouldBeTrueAsync(() => Volatile.Read(ref _old.Holding) is 1);

        (await _edge.Control.RemoveAsync(Env, "sw_gone", 1, Ct)).ShouldBeOfType<SwitchOutcome.Switched>();

        var left = (await _edge.Control.StatusAsync(Ct)).Environments.ShouldHaveSingleItem();
        (left.Environment, left.Switch).ShouldBe((Env, ""));
        left.Targets.ShouldHaveSingleItem().Health.ShouldBe(TargetHealth.Draining);
        _old.Release.SetResult();
        (await held).ShouldBe("old");
        await Eventually.ShouldBeAsync(async () => (await _edge.Control.StatusAsync(Ct)).Environments.Length, 0);
    }

    [Fact]
    public async Task An_instance_that_ended_has_to_prove_itself_when_it_is_named_again()
    {
        await _edge.Control.GoneAsync(Env, [_old.Spec.Instance], Ct);
        (await _edge.Http.GetAsync("/", Ct)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        _old.ReadyStatus = 500;
        (await _edge.TrySwitchAsync(Simple(_old.Spec), seconds: 0.5)).ShouldBeOfType<SwitchOutcome.Refused>().Why.Code.ShouldBe("DV5003");
        _old.ReadyStatus = 200;

        await _edge.SwitchAsync(Simple(_old.Spec));

        (await WhoAsync()).ShouldBe("old");
    }

    [Fact]
    public async Task A_switch_elsewhere_does_not_bring_an_ended_instance_back()
    {
        await _edge.Control.GoneAsync(Env, [_old.Spec.Instance], Ct);

        await _edge.SwitchAsync(new EdgeEnvironment(OtherEnv, [new EdgeRoute("rte_2", RouteKind.Http, "web") { Host = "other.example" }], [Service("web", _new.Spec)]));

        (await _edge.Http.GetAsync("/", Ct)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task An_address_that_another_instance_got_no_longer_serves_the_one_that_had_it()
    {
        var heir = _old.Spec with { Instance = "ins_heir" };

        await _edge.SwitchAsync(new EdgeEnvironment(OtherEnv, [new EdgeRoute("rte_2", RouteKind.Http, "web") { Host = "other.example" }], [Service("web", heir)]));

        (await _edge.Http.GetAsync("/", Ct)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var other = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "other.example" } };
        (await _edge.Http.SendAsync(other, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _edge.Control.StatusAsync(Ct)).Events.ShouldHaveSingleItem().Kind.ShouldBe("address-reused");
    }

    [Fact]
    public async Task A_full_disk_refuses_the_switch_and_leaves_everything_as_it_was()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "THIS SYSTEM HAS NO /dev/full: a full disk was not tried");
        var port = Ports.Free();
        var beside = Path.Combine(_edge.Options.Data, "table", "table-000000000002.json.new");
        File.CreateSymbolicLink(beside, "/dev/full");
        var wanted = _edge.Request(With(
            [new EdgeRoute("rte_1", RouteKind.Http, "web"), Route(RouteKind.Tcp, port)],
            Service("web", _new.Spec) with { Drain = new DrainSpec { Requests = TimeSpan.Zero } }));

        var refused = (await _edge.Control.SwitchAsync(wanted, Ct)).ShouldBeOfType<SwitchOutcome.Refused>();

        refused.Why.Code.ShouldBe("DV5012");
        (await WhoAsync()).ShouldBe("old");
        await Should.ThrowAsync<SocketException>(() => RawClient.ConnectAsync(port));
        Path.Exists(beside).ShouldBeFalse();
        (await _edge.Control.StatusAsync(Ct)).TableVersion.ShouldBe(1);

        // The disk has room again: the same id is a new try.
        (await _edge.Control.SwitchAsync(wanted, Ct)).ShouldBeOfType<SwitchOutcome.Switched>();
        (await WhoAsync()).ShouldBe("new");
    }

    private static EdgeRoute Route(RouteKind kind, int port) =>
        kind is RouteKind.Tcp ? new EdgeRoute("rte_p", kind, "web") { ListenPort = port } : new EdgeRoute("rte_p", kind, "web") { Host = "contested.example" };

    private async Task<string> WhoAsync() => (await _edge.Http.GetAsync("/who", Ct)).Headers.GetValues("X-Target").Single();
}
