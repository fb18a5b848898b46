using System.Diagnostics;
using System.Globalization;
using System.Net;
using Davit.EndToEnd.Tests.Support;
using Davit.EndToEnd.Tests.Traffic;

namespace Davit.EndToEnd.Tests.Deaths;

/// <summary>
/// A real davitd is killed with SIGKILL just before and just after every effect of a scenario, one at a time, and started again.
/// The points are those that the scenario passed when nobody died. <c>DAVIT_KILL_SCENARIOS=all</c> goes through every scenario.
/// </summary>
[Collection(Alone.Name)]
public sealed class KillPointTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Promised: from the start of the process until the environment is at rest.</summary>
    private static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(10);

    /// <summary>Two cores are davitd's before they are ours.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly Platform _platform = new() { Control = Binaries.Mortal };
    private readonly List<TimeSpan> _settled = [];
    private Orders _orders = null!;
    private int _words;

    /// <summary>The main ones, all of them, or those that are named.</summary>
    public static TheoryData<string> Scenarios => Environment.GetEnvironmentVariable("DAVIT_KILL_SCENARIOS") switch
    {
        null or "" => [.. RealScenario.Main.Select(s => s.Name)],
        "all" => [.. RealScenario.Main.Concat(RealScenario.Others).Select(s => s.Name)],
        var named => [.. named.Split(',')],
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _platform.InitializeAsync();
        _orders = new Orders(_platform);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Killed_at_any_effect_it_ends_wholly_on_the_old_or_the_new_and_users_notice_nothing(string name)
    {
        var scenario = RealScenario.Main.Concat(RealScenario.Others).Single(s => s.Name == name);
        var app = await NewAppAsync(scenario);
        var label = await LabelAsync(scenario, app);
        await AgainAsync(scenario, app);
        _orders.Give("live", "- 0 -");
        await scenario.Act(app, Word(), Ct);
        await SettlesAsync(scenario, app, label);
        var points = _orders.Points();
        points.Count.ShouldBeGreaterThan(5);

        var killed = 0;
        foreach (var point in points)
        {
            if (!scenario.HasServed)
                app = await AfreshAsync(scenario, app);
            killed += await DieAsync(scenario, app, point) ? 1 : 0;
        }

        var sorted = _settled.Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {points.Count} points, killed at {killed}; settled after start: median {sorted[sorted.Count / 2].TotalSeconds:0.0} s, worst {sorted[^1].TotalSeconds:0.0} s"));

        // What goes on beside the loop is not counted alike in every run.
        killed.ShouldBeGreaterThan(points.Count * 3 / 4);
        sorted[sorted.Count / 2].ShouldBeLessThan(SettlesWithin);
    }

    /// <summary>Apps that are of no use any more would slow down every look at the engine and use up its networks.</summary>
    private async Task<App> AfreshAsync(RealScenario scenario, App used)
    {
        (await _platform.DavitAsync(["delete", "--app", used.Name, "--confirm", used.Name], Ct)).Exit.ShouldBeOneOf(0, scenario.Removes ? 1 : 0);
        return await NewAppAsync(scenario);
    }

    private async Task<App> NewAppAsync(RealScenario scenario)
    {
        var app = new App(_platform, "die");
        await scenario.Prepare(app, Word(), Ct);
        return app;
    }

    /// <returns>Whether the point was met.</returns>
    private async Task<bool> DieAsync(RealScenario scenario, App app, string point)
    {
        var label = await LabelAsync(scenario, app);
        await AgainAsync(scenario, app);
        await using var prober = new Prober(app);
        if (scenario.HasServed)
            await ServedAsync(prober, point);
        _orders.Give("kill", point);
        await scenario.Act(app, Word(), Ct);
        await Eventually.HoldsAsync(async () => _platform.HasEnded || await IsAtRestAsync(scenario, app, label), $"the end at {point}", Patience, Ct);
        if (_orders.Withdraw())
            return false;
        await Eventually.HoldsAsync(() => Task.FromResult(_platform.HasEnded), $"the end at {point}", Patience, Ct);

        var began = Stopwatch.GetTimestamp();
        await _platform.StartAsync(Ct);
        await SettlesAsync(scenario, app, label);
        _settled.Add(Stopwatch.GetElapsedTime(began));
        if (!scenario.Removes)
        {
            await ShouldBeWholeAsync(app, point);
            prober.Failures.ShouldBeEmpty($"killed {point}");
        }

        return true;
    }

    private static async Task ServedAsync(Prober prober, string point)
    {
        var last = await Eventually.SeesAsync(() => Task.FromResult(prober.Good > 0 ? "" : $"not yet: {prober.LastFailure}"), s => s is "", $"users are served before {point}", Patience, Ct);
        last.ShouldBeEmpty();
    }

    private Task SettlesAsync(RealScenario scenario, App app, string label) =>
        Eventually.HoldsAsync(() => IsAtRestAsync(scenario, app, label), $"{app.Name} comes to rest", Patience, Ct, BetweenLooks);

    private async Task AgainAsync(RealScenario scenario, App app)
    {
        await scenario.Again(app, Ct);
        if (scenario.HasServed)
            await SettlesAsync(scenario, app, "");
    }

    /// <summary>What the objects of the app can be recognised by when davitd does not know it any more.</summary>
    private static async Task<string> LabelAsync(RealScenario scenario, App app) => scenario.Removes ? await app.LabelAsync(Ct) : "";

    private async Task<bool> IsAtRestAsync(RealScenario scenario, App app, string label)
    {
        if (!scenario.Removes)
            return await IsAtRestAsync(app);
        try
        {
            await _platform.Api.GetAsync(app.ApiPath, Ct);
            return false;
        }
        catch (HttpRequestException unknown)
        {
            // The app itself may still be there: whoever asked was cut off before he came to it.
            return unknown.StatusCode is HttpStatusCode.NotFound && await Engine.ObjectsAsync(label, Ct) is [];
        }
    }

    /// <summary>Every deployment has ended, and what runs is what the status says is ready.</summary>
    private async Task<bool> IsAtRestAsync(App app)
    {
        try
        {
            var deployments = (await _platform.Api.GetAsync($"{app.ApiPath}/deployments?limit=20", Ct))["items"]!.AsArray();
            var status = await _platform.Api.GetAsync($"{app.ApiPath}/status", Ct);
            var services = status["services"]!.AsArray();
            return deployments.All(d => (bool)d!["final"]!)
                && (string)status["state"]! is "ready" or "empty"
                && services.All(s => (int)s!["ready"]! == (int)s["wanted"]!)
                && (await app.InstancesAsync(Ct)).Length == services.Sum(s => (int)s!["wanted"]!);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task ShouldBeWholeAsync(App app, string point)
    {
        var label = await app.LabelAsync(Ct);
        var releases = new HashSet<string>(StringComparer.Ordinal);
        foreach (var container in await Engine.ContainersAsync(label, Ct))
            releases.Add((string)(await Engine.InspectAsync(container, Ct))["Config"]!["Labels"]!["davit.release"]!);
        releases.Count.ShouldBeLessThanOrEqualTo(1, $"killed {point}: instances of two releases");

        var deployments = (await _platform.Api.GetAsync($"{app.ApiPath}/deployments?limit=1", Ct))["items"]!.AsArray();
        if (deployments is [{ } newest])
        {
            var receipts = await _platform.Api.GetAsync($"v1/orgs/default/receipts?subject={(string)newest["id"]!}", Ct);
            receipts["items"]!.AsArray().Count(r => (string)r!["kind"]! is "deployment").ShouldBe(1, $"killed {point}");
        }
    }

    private string Word() => string.Create(CultureInfo.InvariantCulture, $"w{++_words}");
}
