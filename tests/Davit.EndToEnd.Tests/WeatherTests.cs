using System.Text.Json.Nodes;
using Davit.EndToEnd.Tests.Support;
using Davit.EndToEnd.Tests.Traffic;

namespace Davit.EndToEnd.Tests;

/// <summary>What davitd stands on is full, dies or is forbidden to it: users notice nothing, and it goes on when the weather is fair again.</summary>
public sealed class WeatherTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Platform _platform = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _platform.Relay?.Allow();
        return _platform.DisposeAsync();
    }

    [Fact]
    public async Task A_full_disk_refuses_deployments_with_a_reason_and_loses_nothing()
    {
        _platform = new Platform { DiskMebibytes = 600 };
        await _platform.InitializeAsync();
        var app = new App(_platform, "full").Saying("old");
        await app.UpAsync(Ct);
        await using var prober = await ServedAsync(app);

        for (var time = 0; time < 3; time++)
        {
            _platform.Disk!.Fill();
            var refused = (await app.Saying("new").DeployAsync(Ct)).ShouldFail();
            refused.Error.ShouldContain("DV3016", Case.Sensitive, refused.ToString());
            await app.ShouldAnswerAsync("old", Ct);
        }

        _platform.Disk!.FillTo(0);
        await Eventually.HoldsAsync(async () => (await app.DeployAsync(Ct)).Exit is 0, "it deploys once there is room", Patience, Ct);
        await app.ShouldAnswerAsync("new", Ct);
        await NothingIsBrokenAsync();
        prober.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_database_that_is_killed_in_the_midst_of_deployments_delays_them_only()
    {
        _platform = new Platform();
        await _platform.InitializeAsync();
        var app = new App(_platform, "crash").Saying("v0");
        await app.UpAsync(Ct);
        await using var prober = await ServedAsync(app);

        for (var version = 1; version <= 4; version++)
        {
            var id = (await app.Saying($"v{version}").DeployAsync(Ct, "--no-wait")).ShouldSucceed().Out.Trim();
            await Task.Delay(TimeSpan.FromMilliseconds(400 * version), TimeProvider.System, Ct);
            var postmaster = (await File.ReadAllLinesAsync(Path.Combine(_platform.Data, "postgres", "data", "postmaster.pid"), Ct))[0].Trim();
            (await new Program("kill", ["-KILL", postmaster]).RunAsync(Ct)).ShouldSucceed();

            var ended = await EndAsync(app, id);
            ((string)ended["state"]!).ShouldBe("live", ended.ToJsonString());
            await app.ShouldAnswerAsync($"v{version}", Ct);
            var receipts = await AnsweredAsync($"v1/orgs/default/receipts?subject={id}", _ => true);
            receipts["items"]!.AsArray().Count(r => (string)r!["kind"]! is "deployment").ShouldBe(1);
        }

        await app.SettlesAtAsync(1, Ct);
        await NothingIsBrokenAsync();
        prober.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_engine_that_may_not_be_opened_any_more_is_told_with_a_hint_and_nothing_is_called_dead()
    {
        var engine = new EngineRelay();
        _platform = new Platform { IsUnprivileged = true, Relay = engine };
        await _platform.InitializeAsync();
        var app = new App(_platform, "forbidden").Saying("old");
        await app.UpAsync(Ct);
        await using var prober = await ServedAsync(app);

        engine.Forbid();
        var blind = await Eventually.SeesAsync(() => _platform.Api.GetAsync($"{app.ApiPath}/status", Ct), s => (string)s["state"]! is "unseen", "the engine is out of sight", Patience, Ct);
        var condition = blind["conditions"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)condition["detail"]!).ShouldContain("Permission denied");
        ((string)condition["hint"]!).ShouldContain("docker");
        (await app.Saying("new").DeployAsync(Ct)).ShouldFail().Error.ShouldContain("DV3001");
        await app.ShouldAnswerAsync("old", Ct);

        engine.Allow();
        await Eventually.HoldsAsync(async () => (await app.DeployAsync(Ct)).Exit is 0, "it deploys once it may", Patience, Ct);
        await app.ShouldAnswerAsync("new", Ct);
        prober.Failures.ShouldBeEmpty();
    }

    private static async Task<Prober> ServedAsync(App app)
    {
        var prober = new Prober(app);
        await Eventually.HoldsAsync(() => Task.FromResult(prober.Good > 0), "users are served", Patience, Ct);
        return prober;
    }

    private Task<JsonObject> EndAsync(App app, string id) => AnsweredAsync($"{app.ApiPath}/deployments/{id}", d => (bool)d["final"]!);

    /// <summary>While the database is away davitd says so instead.</summary>
    private async Task<JsonObject> AnsweredAsync(string path, Func<JsonObject, bool> holds) => (await Eventually.SeesAsync(async () =>
    {
        try
        {
            return await _platform.Api.GetAsync(path, Ct);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }, a => a is not null && holds(a), path, Patience, Ct))!;

    private async Task NothingIsBrokenAsync() => (await AnsweredAsync("v1/orgs/default/events/verdict", _ => true))["firstBroken"].ShouldBeNull();
}
