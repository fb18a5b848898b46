using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

public sealed class BalancingTests : IAsyncLifetime
{
    private EdgeFixture _edge = null!;
    private Target[] _targets = null!;

    public async ValueTask InitializeAsync()
    {
        _edge = await StartAsync();
        _targets = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Target.StartAsync($"b{i}")));
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        foreach (var target in _targets)
            await target.DisposeAsync();
    }

    [Fact]
    public async Task Requests_spread_by_weight()
    {
        await _edge.SwitchAsync(Simple(_targets[0].Spec with { Weight = 100 }, _targets[1].Spec with { Weight = 100 }, _targets[2].Spec with { Weight = 10 }));
        var counts = await CountAsync(600);

        counts["b0"].ShouldBeInRange(220, 350);
        counts["b1"].ShouldBeInRange(220, 350);
        counts["b2"].ShouldBeInRange(5, 60);
    }

    [Fact]
    public async Task The_target_with_fewer_requests_in_flight_is_chosen()
    {
        await _edge.SwitchAsync(Simple(_targets[0].Spec, _targets[1].Spec));
        var held = Enumerable.Range(0, 10).Select(_ => _edge.Http.GetAsync("/hold", Ct)).ToArray();
        await Eventually.ShouldBeTrueAsync(() => Volatile.Read(ref _targets[0].Holding) + Volatile.Read(ref _targets[1].Holding) is 10);

        Math.Abs(_targets[0].Holding - _targets[1].Holding).ShouldBeLessThanOrEqualTo(6);
        foreach (var target in _targets)
            target.Release.TrySetResult();

        await Task.WhenAll(held);
    }

    [Fact]
    public async Task A_sticky_client_stays_with_its_instance_until_that_is_gone()
    {
        await _edge.SwitchAsync(Simple(Service("web", _targets.Select(t => t.Spec)) with { StickyCookie = "davit_at" }));
        using var first = await _edge.Http.GetAsync("/", Ct);
        var who = first.Headers.GetValues("X-Target").Single();
        var cookie = first.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        cookie.ShouldStartWith("davit_at=");

        for (var i = 0; i < 20; i++)
            (await WithCookieAsync(cookie)).ShouldBe((who, false));

        await _edge.Control.GoneAsync(Env, [$"ins_{who}"], Ct);
        var (other, told) = await WithCookieAsync(cookie);
        (other == who, told).ShouldBe((false, true));
    }

    [Fact]
    public async Task A_thousand_switches_leave_no_target_connection_or_probe_behind()
    {
        var before = Descriptors();
        for (var i = 0; i < 1000; i++)
            await _edge.SwitchAsync(Simple(Service("web", _targets[i % 3].Spec with { Instance = $"ins_{i}" }) with { Probe = new ProbeSpec { Kind = ProbeKind.None } }));

        (await _edge.Http.GetAsync("/", Ct)).IsSuccessStatusCode.ShouldBeTrue();
        await Eventually.ShouldBeTrueAsync(() => Descriptors() < before + 700);
        _edge.Host.Table.Current.Version.ShouldBe(1000);

        static int Descriptors() => Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : 0;
    }

    private async Task<(string Who, bool Told)> WithCookieAsync(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Cookie", cookie } } };
        using var answer = await _edge.Http.SendAsync(request, Ct);
        return (answer.Headers.GetValues("X-Target").Single(), answer.Headers.Contains("Set-Cookie"));
    }

    private async Task<Dictionary<string, int>> CountAsync(int requests)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal) { ["b0"] = 0, ["b1"] = 0, ["b2"] = 0 };
        for (var i = 0; i < requests; i++)
            counts[(await _edge.Http.GetAsync("/", Ct)).Headers.GetValues("X-Target").Single()]++;

        return counts;
    }
}
