using System.Diagnostics;
using System.Globalization;
using Davit.EndToEnd.Tests.Support;
using Davit.EndToEnd.Tests.Traffic;

namespace Davit.EndToEnd.Tests.Deaths;

/// <summary>Two real davitd on one PostgreSQL. The one that leads is killed or frozen; the other one goes on.</summary>
[Collection(Alone.Name)]
public sealed class LeaderTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Platform _platform = new() { Control = Binaries.Mortal };
    private SecondDavitd _second = null!;
    private Orders _orders = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _platform.InitializeAsync();
        _orders = new Orders(_platform);
        _second = await SecondDavitd.StartAsync(_platform, Ct);
        (await _second.LeaderAsync(Ct)).ShouldEndWith($":{_platform.ProcessId}");
    }

    public async ValueTask DisposeAsync()
    {
        await ThawAsync();
        await _second.DisposeAsync();
        await _platform.DisposeAsync();
    }

    [Fact]
    public async Task A_killed_leader_is_followed_within_seconds_and_its_deployment_ends()
    {
        var app = new App(_platform, "heir").Saying("old");
        await app.UpAsync(Ct);
        await using var prober = new Prober(app);
        await Eventually.HoldsAsync(() => Task.FromResult(prober.Good > 0), "users are served", Patience, Ct);
        _orders.Give("kill", "start-instance 1 before");
        await app.Saying("new").DeployAsync(Ct, "--no-wait");
        await Eventually.HoldsAsync(() => Task.FromResult(_platform.HasEnded), "the leader is dead", Patience, Ct);

        var died = Stopwatch.GetTimestamp();
        await Eventually.HoldsAsync(async () => _second.IsHolder(await _second.LeaderAsync(Ct)), "the other one leads", Patience, Ct);
        Stopwatch.GetElapsedTime(died).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        await EndsAsync(app);

        await app.ShouldAnswerAsync("new", Ct);
        prober.Failures.ShouldBeEmpty();
        await _platform.StartAsync(Ct);
    }

    [Fact]
    public async Task A_frozen_leader_does_nothing_more_once_it_is_thawed()
    {
        var app = new App(_platform, "frozen").Saying("old");
        await app.UpAsync(Ct);
        await using var prober = new Prober(app);
        await Eventually.HoldsAsync(() => Task.FromResult(prober.Good > 0), "users are served", Patience, Ct);
        var label = await app.LabelAsync(Ct);
        _orders.Give("freeze", "switch 1 before");
        await app.Saying("new").DeployAsync(Ct, "--no-wait");

        await Eventually.HoldsAsync(async () => _second.IsHolder(await _second.LeaderAsync(Ct)), "the other one leads once the lease has ended", Patience, Ct);
        await EndsAsync(app);
        await app.ShouldAnswerAsync("new", Ct);
        var instances = await Eventually.SeesAsync(() => Engine.NamesAsync(label, Ct), n => n.Length is 1, "the old instance is gone", Patience, Ct);
        await ThawAsync();

        await Eventually.HoldsAsync(() => Task.FromResult(_platform.Output.Any(l => l.Contains("is lost; what ran under it stops", StringComparison.Ordinal))), "it sees that it leads no more", Patience, Ct);
        await Eventually.HoldsAsync(() => _platform.Api.IsUpAsync(Ct), "it answers again", Patience, Ct);
        _second.IsHolder(await _second.LeaderAsync(Ct)).ShouldBeTrue();
        _orders.Points().ShouldContain("switch 1 before");
        _orders.Points().ShouldNotContain("switch 1 after");
        (await Engine.NamesAsync(label, Ct)).ShouldBe(instances);
        await app.ShouldAnswerAsync("new", Ct);
        prober.Failures.ShouldBeEmpty();
    }

    private Task<Ended> ThawAsync() => new Program("kill", ["-CONT", _platform.ProcessId.ToString(CultureInfo.InvariantCulture)]).RunAsync(CancellationToken.None);

    private Task EndsAsync(App app) => Eventually.HoldsAsync(async () =>
    {
        var deployments = (await _second.Api.GetAsync($"{app.ApiPath}/deployments?limit=5", Ct))["items"]!.AsArray();
        return deployments.All(d => (string)d!["state"]! is "live" or "replaced");
    }, "every deployment is live or replaced", Patience, Ct);
}
