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

    [Fact]
    public async Task No_request_fails_over_many_deployments_under_load()
    {
        await using var image = await WebImage.BuildAsync(Ct);
        var app = new App(platform, "busy");
        await image.Version(app, 0).UpAsync(Ct);
        await using var load = new Load(app);
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
        rate.ShouldBeGreaterThan(200, load.Tally.ToString());
        load.Tally.Answers.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, Deployments + 1).Select(v => $"v{v}").Order(StringComparer.Ordinal), load.Tally.ToString());
        await app.SettlesAtAsync(1, Ct);
    }

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
