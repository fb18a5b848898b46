using System.Globalization;
using Davit.EndToEnd.Tests.Support;
using Davit.EndToEnd.Tests.Traffic;

namespace Davit.EndToEnd.Tests;

/// <summary>Nobody who uses an app notices that it is deployed, restarted or scaled, or that the control plane died.</summary>
[Collection(SecondInstallation.Name)]
public sealed class ZeroFailedRequestsTests(Platform platform)
{
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static int Deployments => int.Parse(Environment.GetEnvironmentVariable("DAVIT_E2E_DEPLOYS") ?? "20", CultureInfo.InvariantCulture);

    /// <summary>What is promised is measured by the soak, which has the machine to itself; beside other tests less will do.</summary>
    private static int LeastPerSecond => Deployments >= 100 ? 500 : 300;

    [Fact]
    public async Task No_request_fails_over_many_deployments_under_load()
    {
        await using var image = await WebImage.BuildAsync(Ct);
        var app = new App(platform, "busy");
        await image.Version(app, 0).UpAsync(Ct);
        await using var load = new Load(app, LoadShape.Mixed);
        await load.FlowsAsync(Ct);

        for (var version = 1; version <= Deployments; version++)
        {
            (await image.Version(app, version).DeployAsync(Ct)).ShouldSucceed();
            (await app.GetAsync("/version", Ct)).Body.ShouldBe($"v{version}", "what is called live answers");
        }

        var rate = load.PerSecond;
        await load.StopAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"{Deployments} deployments, {rate:0} requests/s: {load.Tally}");
        load.Tally.Failed.ShouldBe(0, load.Tally.ToString());
        rate.ShouldBeGreaterThan(LeastPerSecond, load.Tally.ToString());
        load.Tally.Answers.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, Deployments + 1).Select(v => $"v{v}").Order(StringComparer.Ordinal), load.Tally.ToString());
        await app.SettlesAtAsync(1, Ct);
    }

    /// <summary>In the soak several times.</summary>
    [Fact]
    public async Task No_request_fails_while_parts_of_the_platform_die_and_are_replaced()
    {
        await using var image = await WebImage.BuildAsync(Ct);
        var app = new App(platform, "shaken");
        await image.Version(app, 0).UpAsync(Ct);
        await using var load = new Load(app, LoadShape.Mixed);
        await load.FlowsAsync(Ct);

        for (var round = 0; round < Math.Max(1, Deployments / 20); round++)
        {
            await KillNewcomerAsync(image, app, version: (round * 4) + 1);
            (await platform.DavitAsync(["edge", "upgrade"], Ct)).ShouldSucceed();
            (await image.Version(app, (round * 4) + 2).DeployAsync(Ct)).ShouldSucceed();
            await ReplaceDavitdAsync(image, app, (round * 4) + 3);
            (await image.Version(app, (round * 4) + 4).DeployAsync(Ct)).ShouldSucceed();
            (await app.GetAsync("/version", Ct)).Body.ShouldBe($"v{(round * 4) + 4}");
        }

        await load.StopAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"parts killed and replaced, {load.PerSecond:0} requests/s: {load.Tally}");
        load.Tally.Failed.ShouldBe(0, load.Tally.ToString());
        await app.SettlesAtAsync(1, Ct);
    }

    /// <summary>An instance of the new release is killed before it is ready; whatever becomes of the deployment, its predecessor serves.</summary>
    private async Task KillNewcomerAsync(WebImage image, App app, int version)
    {
        var before = await app.InstancesAsync(Ct);
        var id = (await image.Version(app, version, "    entrypoint: [sh, -c, 'sleep 8 && exec dotnet web.dll']\n").DeployAsync(Ct, "--no-wait")).ShouldSucceed().Out.Trim();
        await Eventually.HoldsAsync(async () => (await app.InstancesAsync(Ct)).Except(before, StringComparer.Ordinal).FirstOrDefault() is { } newcomer && await IsKilledAsync(newcomer), "a new instance is killed", Settles, Ct);
        await EndsAsync(app, id);
    }

    /// <returns>False when it has not been started yet, or is gone already.</returns>
    private static async Task<bool> IsKilledAsync(string container) => (await new Program("docker", ["kill", container]).RunAsync(Ct)).Exit is 0;

    /// <summary>davitd is killed in the midst of a deployment and goes on as another program file, as after an upgrade.</summary>
    private async Task ReplaceDavitdAsync(WebImage image, App app, int version)
    {
        var id = (await image.Version(app, version).DeployAsync(Ct, "--no-wait")).ShouldSucceed().Out.Trim();
        await platform.KillAsync(Ct);
        await platform.StartAsync(Ct, Binaries.Copy(Binaries.Davitd, platform.Home));
        await EndsAsync(app, id);
    }

    private Task EndsAsync(App app, string deployment) =>
        Eventually.HoldsAsync(async () => (bool)(await platform.Api.GetAsync($"{app.ApiPath}/deployments/{deployment}", Ct))["final"]!, $"{deployment} ends", Settles, Ct);

    [Fact]
    public async Task Restarting_and_scaling_lose_no_request_and_balance_them()
    {
        var app = Named(new App(platform, "scaled"));
        await app.UpAsync(Ct);
        await using var load = new Load(app, new LoadShape { Sockets = 0, Streams = 0, Path = "/" });
        await load.FlowsAsync(Ct);

        (await app.DavitAsync("scale", Ct, "web=3")).ShouldSucceed();
        (await app.InstancesAsync(Ct)).Length.ShouldBe(3);
        await AnswersFromAsync(app, 3);

        var before = await app.InstancesAsync(Ct);
        (await app.DavitAsync("restart", Ct, "web")).ShouldSucceed();
        (await app.SettlesAtAsync(3, Ct)).Intersect(before, StringComparer.Ordinal).ShouldBeEmpty();

        (await app.DavitAsync("scale", Ct, "web=1")).ShouldSucceed();
        await app.SettlesAtAsync(1, Ct);
        await load.StopAsync();
        load.Tally.Failed.ShouldBe(0, load.Tally.ToString());
        var refused = await app.DavitAsync("scale", Ct, "wib=2");
        refused.ShouldFail().Error.ShouldContain("wib");
    }

    /// <summary>Answers with the name of the container it runs in.</summary>
    internal static App Named(App app) => app.Running("mkdir /www && hostname > /www/index.html && exec httpd -f -p 8080 -h /www");

    private static Task<List<int>> AnswersFromAsync(App app, int instances) => Eventually.SeesAsync(
        async () => (await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => app.GetAsync("/", Ct)))).CountBy(a => a.Body, StringComparer.Ordinal).Select(a => a.Value).ToList(),
        counts => counts.Count == instances && counts.Min() >= 4,
        $"{instances} instances answer evenly", Settles, Ct);
}
