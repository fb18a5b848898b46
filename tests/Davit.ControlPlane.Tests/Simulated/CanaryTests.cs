using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.Simulated.Deaths;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>
/// A new release takes over step by step. Simulated: instances live in memory, and the edge forwards nothing but tells what
/// clients would have met.
/// </summary>
public sealed class CanaryTests(PostgresServer server) : IAsyncLifetime
{
    private const string Long = "strategy: canary, steps: [{ percent: 10, for: 10m }, { percent: 50, for: 10m }]";

    private Installed _installed = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _installed = await Installed.StartAsync(server, Ct);
        foreach (var image in (string[])["web:1", "web:2"])
            _installed.World.Add(new MemoryImage(image));
    }

    public ValueTask DisposeAsync() => _installed.DisposeAsync();

    [Fact]
    public async Task A_release_that_does_well_takes_over_step_by_step_and_its_receipt_shows_the_numbers()
    {
        using var shop = await ServingAsync(Scenario.ShortCanary);
        var id = await shop.DeployFilesAsync(Scenario.Takeover("web:2", Scenario.ShortCanary));
        await AtAsync(shop, 10);
        (await shop.InstancesAsync()).Length.ShouldBe(2);
        await AtAsync(shop, 50);

        var live = await shop.LiveAsync(id);
        ((string?)live["canary"]!["state"], (int)live["canary"]!["steps"]!).ShouldBe(("promoted", 2));
        await shop.ReadyAsync(1);
        (await shop.InstancesAsync()).ShouldBe(_installed.Edge.Routed((await shop.RowAsync()).Id.ToString()));
        var counted = (await ReceiptAsync(shop, id))["details"]!["canary"]!;
        ((long)counted["new"]!["requests"]!).ShouldBeGreaterThan(200);
        ((long)counted["old"]!["requests"]!).ShouldBeGreaterThan((long)counted["new"]!["errors"]!);
        _installed.Edge.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_release_that_fails_more_often_is_aborted_and_the_old_one_serves_on()
    {
        using var shop = await ServingAsync(Long);
        var before = await shop.InstancesAsync();
        _installed.Edge.Clients = (4000, 100);

        var id = await shop.DeployFilesAsync(Scenario.Takeover("web:2", Long));
        var failed = await shop.FailedAsync(id, "DV2240");

        ((string)failed["problem"]!["detail"]!).ShouldContain("it fails more often. New: 40 of 400 requests failed (10 %)");
        ((string?)failed["canary"]!["state"], (string?)failed["canary"]!["reason"]).ShouldBe(("aborted", "it fails more often"));
        await shop.ReadyAsync(1);
        (await shop.InstancesAsync()).ShouldBe(before);
        _installed.Edge.Routed((await shop.RowAsync()).Id.ToString()).ShouldBe(before);
        ((int)(await ReceiptAsync(shop, id))["details"]!["canary"]!["new"]!["errors"]!).ShouldBe(40);
    }

    [Fact]
    public async Task People_pause_resume_and_promote_and_what_is_decided_twice_is_decided_once()
    {
        using var shop = await ServingAsync(Long);
        (await shop.Http.GetAsync($"{shop.Env}/canary", Ct)).ShouldBeProblem(409, "DV2241");
        var id = await shop.DeployFilesAsync(Scenario.Takeover("web:2", Long));
        await AtAsync(shop, 10);

        (await DecideAsync(shop, "pause")).ShouldBe(("paused", "accepted"));
        (await DecideAsync(shop, "pause")).ShouldBe(("paused", "unchanged"));
        (await DecideAsync(shop, "resume")).ShouldBe(("running", "accepted"));
        (await shop.Http.PostAsync($"{shop.Env}/canary", """{"action":"stop"}""", Ct)).ShouldBeProblem(422, "DV4004");
        (await DecideAsync(shop, "promote")).ShouldBe(("promoted", "accepted"));
        await shop.LiveAsync(id);
        await shop.ReadyAsync(1);
        (await shop.ReceiptKindsAsync(id)).ShouldBe(["deployment", "canary-promote", "canary-resume", "canary-pause", "canary-pause", "deployment-create"], ignoreOrder: true);
    }

    [Fact]
    public async Task Aborting_by_hand_gives_everything_back()
    {
        using var shop = await ServingAsync(Long);
        var before = await shop.InstancesAsync();
        var id = await shop.DeployFilesAsync(Scenario.Takeover("web:2", Long));
        await AtAsync(shop, 10);

        await DecideAsync(shop, "abort");
        ((string?)(await shop.EndAsync(id))["state"]).ShouldBe("cancelled");
        await shop.ReadyAsync(1);
        _installed.Edge.Routed((await shop.RowAsync()).Id.ToString()).ShouldBe(before);
    }

    [Fact]
    public async Task Too_little_traffic_pauses_it()
    {
        _installed.Edge.Clients = (10, 0);
        using var shop = await ServingAsync(Scenario.ShortCanary);
        await shop.DeployFilesAsync(Scenario.Takeover("web:2", Scenario.ShortCanary));

        var paused = await Eventually.SeesAsync(async () => (await shop.Http.GetAsync($"{shop.Env}/canary", Ct)).Text, t => t.Contains("paused", StringComparison.Ordinal), "it pauses", Ct);
        ((string?)JsonNode.Parse(paused)!["reason"]).ShouldBe("too-little-traffic");
        _installed.Edge.Percent((await shop.RowAsync()).Id.ToString()).ShouldBe(10);
    }

    [Fact]
    public async Task No_deadline_ends_a_canary_that_waits_for_its_step_or_for_somebody()
    {
        const string patient = "strategy: canary, steps: [{ percent: 50, for: 1h }]";
        await using var stage = await Stage.SetAsync(server, Ct);
        Scenario.Furnish(stage);
        var play = await Play.BeginAsync(stage, Ct);
        await play.DeployFilesAsync(Scenario.Takeover("web:1", patient));
        await play.RunAsync();
        await play.DeployFilesAsync(Scenario.Takeover("web:2", patient));
        await play.RunAsync(turns: 20);
        foreach (var wait in (TimeSpan[])[TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(25)])
        {
            stage.Clock.Advance(wait);
            await play.RunAsync(turns: 5);
            (await play.NewestAsync()).State.ToString().ShouldBe("running (verifying)");
        }

        stage.Clock.Advance(TimeSpan.FromMinutes(5));
        (await play.RunAsync()).ShouldBeTrue();
        (await play.NewestAsync()).State.ShouldBeOfType<Davit.Model.DeploymentState.Live>();
        await play.ShouldBeWholeAsync();
        await play.Replica.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_ends_meanwhile_is_followed_by_one_that_goes_on_at_the_same_step()
    {
        using var shop = await ServingAsync(Long);
        var id = await shop.DeployFilesAsync(Scenario.Takeover("web:2", Long));
        await AtAsync(shop, 10);
        await Eventually.SeesAsync(() => RequestsAsync(shop), r => r > 0, "clients are counted", Ct);
        await DecideAsync(shop, "pause");
        await _installed.StopServerAsync();
        await _installed.StartServerAsync(Ct);

        await Eventually.SeesAsync(() => RequestsAsync(shop), r => r > 800, "counting goes on", Ct);
        var canary = (await shop.Http.GetAsync($"{shop.Env}/canary", Ct)).ShouldBe(200).Json;
        ((string?)canary["state"], (int)canary["step"]!, (string?)canary["deployment"]).ShouldBe(("paused", 1, id));
        await DecideAsync(shop, "promote");
        await shop.LiveAsync(id);
    }

    private async Task<Shop> ServingAsync(string rollout)
    {
        var shop = await Shop.MakeAsync(_installed, Ct);
        await shop.LiveAsync(await shop.DeployFilesAsync(Scenario.Takeover("web:1", rollout)));
        await shop.ReadyAsync(1);
        return shop;
    }

    private async Task AtAsync(Shop shop, int percent)
    {
        var env = (await shop.RowAsync()).Id.ToString();
        await Eventually.SeesAsync(() => Task.FromResult(_installed.Edge.Percent(env)), p => p == percent, $"{percent} % of clients are on the new release", Ct);
        await Eventually.SeesAsync(async () => (await shop.Http.GetAsync($"{shop.Env}/canary", Ct)).Status, s => s is 200, "the canary is known", Ct);
    }

    private static async Task<long> RequestsAsync(Shop shop) =>
        (await shop.Http.GetAsync($"{shop.Env}/canary", Ct)) is { Status: 200 } answer ? (long)answer.Json["new"]!["requests"]! : -1;

    private static async Task<(string?, string?)> DecideAsync(Shop shop, string action)
    {
        var done = (await shop.Http.PostAsync($"{shop.Env}/canary", $$"""{"action":"{{action}}"}""", Ct)).ShouldBe(200).Json;
        return ((string?)done["value"]!["state"], (string?)done["receipt"]!["status"]);
    }

    private static async Task<JsonNode> ReceiptAsync(Shop shop, string deployment)
    {
        var all = (await shop.Http.GetAsync($"/v1/orgs/default/receipts?subject={deployment}", Ct)).ShouldBe(200).Json["items"]!.AsArray();
        return (await shop.Http.GetAsync($"/v1/orgs/default/receipts/{all.Single(r => (string?)r!["kind"] is "deployment")!["id"]}", Ct)).ShouldBe(200).Json;
    }
}
