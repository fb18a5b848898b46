using Davit.EndToEnd.Tests.Support;
using Davit.EndToEnd.Tests.Traffic;

namespace Davit.EndToEnd.Tests;

/// <summary>Both releases are up, traffic moves in one switch, and going back is one too.</summary>
[Collection(SecondInstallation.Name)]
public sealed class BlueGreenTests(Platform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Going_there_and_back_under_load_fails_no_request_and_going_back_starts_nothing()
    {
        await using var image = await WebImage.BuildAsync(Ct);
        var app = new App(platform, "green");
        await Version(image, app, 1, "5m").UpAsync(Ct);
        var blue = await ContainersAsync(app);
        await using var load = new Load(app);
        await load.FlowsAsync(Ct);

        (await Version(image, app, 2, "5m").DeployAsync(Ct)).ShouldSucceed();
        (await app.GetAsync("/version", Ct)).Body.ShouldBe("v2");
        var both = await ContainersAsync(app);
        both.Length.ShouldBe(2, "the old release stays warm");
        both.ShouldContain(blue.Single());

        (await app.DavitAsync("rollback", Ct)).ShouldSucceed();
        (await app.GetAsync("/version", Ct)).Body.ShouldBe("v1");
        await app.SettlesAtAsync(1, Ct);
        (await ContainersAsync(app)).ShouldBe(blue, "the very container that served before");

        var rate = load.PerSecond;
        await load.StopAsync();
        load.Tally.Failed.ShouldBe(0, load.Tally.ToString());
        rate.ShouldBeGreaterThan(100, load.Tally.ToString());
        var phases = (await app.JsonAsync("deployment get", Ct, "3"))["phases"]!.AsArray();
        var took = At(phases, "verifying") - At(phases, "switching");
        TestContext.Current.SendDiagnosticMessage($"{rate:0} requests/s, switch back {took.TotalMilliseconds:0} ms: {load.Tally}");
        took.ShouldBeLessThan(TimeSpan.FromSeconds(2));

        static DateTimeOffset At(System.Text.Json.Nodes.JsonArray phases, string phase) => (DateTimeOffset)phases.Single(p => (string?)p!["phase"] == phase)!["startedAt"]!;
    }

    [Fact]
    public async Task A_release_that_fails_its_check_is_never_switched_to_and_after_the_keep_time_nothing_old_is_left()
    {
        var app = new App(platform, "kept");
        await app.Saying("one", davit: Davit("/", "2s")).UpAsync(Ct);
        (await app.Saying("two", davit: Davit("/nowhere", "2s")).DeployAsync(Ct)).ShouldFail().Error.ShouldContain("DV2207");
        await app.ShouldAnswerAsync("one", Ct);
        var one = await app.SettlesAtAsync(1, Ct);

        (await app.Saying("three", davit: Davit("/", "2s")).DeployAsync(Ct)).ShouldSucceed();
        await app.ShouldAnswerAsync("three", Ct);
        (await app.SettlesAtAsync(1, Ct)).ShouldNotBe(one);
        await app.ShouldAnswerAsync("three", Ct);
    }

    private static string Davit(string path, string keep) => $"port: 8080, health: {{ path: {path}, startup: 5s }}, rollout: {{ strategy: blue-green, keep: {keep} }}";

    private static App Version(WebImage image, App app, int version, string keep) => image.Version(app, version)
        .With("davit.yaml", $"davit: 1\nservices:\n  web: {{ kind: web, port: 8080, health: {{ path: /healthz }}, rollout: {{ strategy: blue-green, keep: {keep} }} }}\n");

    private static async Task<string[]> ContainersAsync(App app) => [.. (await Engine.ContainersAsync(await app.LabelAsync(Ct), Ct)).Order(StringComparer.Ordinal)];
}
