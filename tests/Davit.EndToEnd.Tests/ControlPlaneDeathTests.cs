using Davit.EndToEnd.Tests.Support;
using Davit.EndToEnd.Tests.Traffic;

namespace Davit.EndToEnd.Tests;

/// <summary>davitd is killed at bad moments. Each test has an installation of its own.</summary>
public sealed class ControlPlaneDeathTests : IAsyncLifetime
{
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(60);
    private readonly Platform _platform = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Users_are_served_while_the_control_plane_is_dead_and_find_the_same_instances_after()
    {
        var app = new App(_platform, "orphan").Saying("served");
        await app.UpAsync(Ct);
        var before = await Engine.ContainersAsync(await app.LabelAsync(Ct), Ct);
        await using var load = new Load(app, new LoadShape { Sockets = 0, Streams = 0, Path = "/" });
        await load.FlowsAsync(Ct);

        await _platform.KillAsync(Ct);
        var atDeath = load.Tally.Good;
        await Eventually.HoldsAsync(() => Task.FromResult(load.Tally.Good > atDeath + 200), "traffic goes on", Settles, Ct);
        await _platform.StartAsync(Ct);
        var status = await Eventually.SeesAsync(() => app.StatusAsync(Ct), s => (string)s["state"]! is "ready", "ready again", Settles, Ct);

        ((int)status["services"]![0]!["ready"]!).ShouldBe(1);
        (await Engine.ContainersAsync($"davit.env={(await EnvIdAsync(app))}", Ct)).ShouldBe(before);
        await load.StopAsync();
        load.Tally.Failed.ShouldBe(0, load.Tally.ToString());
    }

    [Fact]
    public async Task A_deployment_whose_control_plane_is_killed_ends_and_users_are_served_all_the_time()
    {
        var app = new App(_platform, "midway").Saying("v0");
        await app.UpAsync(Ct);
        await using var load = new Load(app, new LoadShape { Sockets = 0, Streams = 0, Path = "/" });
        await load.FlowsAsync(Ct);

        foreach (var (version, phase) in ((int, string)[])[(1, "building"), (2, "starting"), (3, "switching"), (4, "verifying")])
        {
            app.Saying($"v{version}");
            var id = (await app.DeployAsync(Ct, "--no-wait")).ShouldSucceed().Out.Trim();
            await ReachesAsync(app, id, phase);
            await _platform.KillAsync(Ct);
            await _platform.StartAsync(Ct);

            var ended = await Eventually.SeesAsync(() => _platform.Api.GetAsync($"{app.ApiPath}/deployments/{id}", Ct), d => (bool)d["final"]!, $"the deployment killed while {phase} ends", Settles, Ct);
            ((string)ended["state"]!).ShouldBeOneOf("live", "failed");
            await app.SettlesAtAsync(1, Ct);
            if ((string)ended["state"]! is "live")
                await app.ShouldAnswerAsync($"v{version}", Ct);
        }

        await load.StopAsync();
        load.Tally.Failed.ShouldBe(0, load.Tally.ToString());
    }

    /// <summary>In the phase or past it: phases may be shorter than a look.</summary>
    private Task ReachesAsync(App app, string id, string phase) => Eventually.HoldsAsync(async () =>
    {
        var seen = await _platform.Api.GetAsync($"{app.ApiPath}/deployments/{id}", Ct);
        return (bool)seen["final"]! || seen["phases"]!.AsArray().Any(p => (string)p!["phase"]! == phase && p["startedAt"] is not null);
    }, $"reaches {phase}", Settles, Ct);

    private async Task<string> EnvIdAsync(App app) => (string)(await _platform.Api.GetAsync(app.ApiPath, Ct))["id"]!;
}
