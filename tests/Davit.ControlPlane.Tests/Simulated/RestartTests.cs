using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>
/// The server ends in the middle of a deployment and another one starts on the same database and world. Simulated: the
/// instances live in memory, the edge forwards nothing, and the server ends between two awaits instead of being killed.
/// </summary>
public sealed class RestartTests(PostgresServer server) : IAsyncLifetime
{
    private Installed _installed = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _installed = await Installed.StartAsync(server, Ct);

    public ValueTask DisposeAsync() => _installed.DisposeAsync();

    [Theory]
    [InlineData("queued")]
    [InlineData("sourcing")]
    [InlineData("building")]
    [InlineData("publishing")]
    [InlineData("preparing")]
    [InlineData("starting")]
    [InlineData("switching")]
    [InlineData("verifying")]
    public async Task A_server_that_ends_in_a_phase_is_followed_by_one_that_finishes_the_deployment(string phase)
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        var id = await shop.DeployFilesAsync(Files(healthyAfter: 200));
        await InPhaseAsync(shop, id, phase);
        await _installed.StopServerAsync();
        await _installed.StartServerAsync(Ct);

        await shop.LiveAsync(id);
        await ShouldBeCleanAsync(shop, id);
    }

    [Fact]
    public async Task A_release_command_that_was_under_way_is_not_run_again()
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        _installed.World.Add(new MemoryImage("web:1"));
        _installed.World.Add(new MemoryImage("tool:1") { ExitsAfter = TimeSpan.FromMilliseconds(600) });
        var id = await shop.DeployFilesAsync(Shop.WithCommand("web:1", "tool:1"));
        await Eventually.SeesAsync(() => Task.FromResult(Runs()), r => r is 1, "the command begins", Ct);
        await _installed.StopServerAsync();
        await _installed.StartServerAsync(Ct);

        // Whether it did its work nobody knows, so the deployment fails and says so.
        var end = await shop.EndAsync(id);
        ((string)end["state"]!).ShouldBeOneOf("failed", "live");
        Runs().ShouldBe(1);
        (await shop.ReceiptKindsAsync(id)).Count(k => k is "deployment").ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_ends_while_old_instances_drain_is_followed_by_one_that_lets_them_go()
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        await shop.LiveAsync(await shop.DeployFilesAsync(Files(0)));
        _installed.Edge.HoldsDrains = true;
        var id = await shop.DeployFilesAsync(Files(0, "web:2"));
        await shop.LiveAsync(id);
        (await shop.InstancesAsync()).Length.ShouldBe(2);
        await _installed.StopServerAsync();
        _installed.Edge.HoldsDrains = false;
        await _installed.StartServerAsync(Ct);

        await shop.ReadyAsync(1);
        await ShouldBeCleanAsync(shop, id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(60)]
    [InlineData(120)]
    public async Task Wherever_it_ends_a_second_release_is_served_whole(int milliseconds)
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        await shop.LiveAsync(await shop.DeployFilesAsync(Files(0)));
        var id = await shop.DeployFilesAsync(Files(20, "web:2"));
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, Ct);
        await _installed.StopServerAsync();
        await _installed.StartServerAsync(Ct);

        await shop.LiveAsync(id);
        await shop.ReadyAsync(1);
        await ShouldBeCleanAsync(shop, id);
    }

    [Fact]
    public async Task A_server_that_ends_while_an_environment_is_deleted_is_followed_by_one_that_completes_it()
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        await shop.LiveAsync(await shop.DeployFilesAsync(Files(0)));
        var env = await shop.RowAsync();
        _installed.Edge.HoldsDrains = true;
        (await shop.Http.DeleteAsync($"{shop.Env}?expectedVersion={env.Version}&confirm=production", Ct)).ShouldBe(202);
        await _installed.StopServerAsync();
        _installed.Edge.HoldsDrains = false;
        await _installed.StartServerAsync(Ct);

        await Eventually.SeesAsync(async () => (await shop.Http.GetAsync(shop.Env, Ct)).Status, s => s is 404, "the environment is gone", Ct);
        (await _installed.Driver.ObserveAsync(new(_installed.Installation.Id), Ct)).Instances.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_runtime_and_an_edge_that_vanish_for_a_while_hold_a_deployment_up_and_no_more()
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        var id = await shop.DeployFilesAsync(Files(100));
        await InPhaseAsync(shop, id, "starting");
        _installed.World.Vanish();
        _installed.Edge.IsAway = true;
        (await shop.Http.GetAsync("/v1/health", Ct)).Status.ShouldBeOneOf(200, 503);
        _installed.World.Return();
        _installed.Edge.IsAway = false;

        await shop.LiveAsync(id);
        await ShouldBeCleanAsync(shop, id);
    }

    private (string, string)[] Files(int healthyAfter, string image = "web:1")
    {
        _installed.World.Add(new MemoryImage(image) { HealthyAfter = TimeSpan.FromMilliseconds(healthyAfter) });
        return
        [
            ("compose.yaml", $"services:\n  web:\n    image: {image}\n    healthcheck: {{ test: [CMD, check] }}\n"),
            ("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080 }\nroutes:\n  - { service: web }\n"),
        ];
    }

    private static async Task InPhaseAsync(Shop shop, string id, string phase) => await Eventually.SeesAsync(
        () => shop.GetAsync(id), d => d["phases"]!.AsArray().Any(p => (string)p!["phase"]! == phase && p["startedAt"] is not null), $"phase {phase}", Ct);

    private int Runs() => _installed.World.Calls.Count(c => c.Method == nameof(MemoryDriver.CreateInstanceAsync) && c.Name.Contains("-run-", StringComparison.Ordinal));

    /// <summary>One instance, routed; one receipt; every instance that was made is in the ledger; the chain of events is whole.</summary>
    private async Task ShouldBeCleanAsync(Shop shop, string id)
    {
        await shop.ReadyAsync(1);
        var instances = await shop.InstancesAsync();
        instances.ShouldHaveSingleItem();
        _installed.Edge.Routed((await shop.RowAsync()).Id.ToString()).ShouldBe(instances);
        _installed.Edge.Faults.ShouldBeEmpty();
        (await shop.ReceiptKindsAsync(id)).Count(k => k is "deployment").ShouldBe(1);
        var created = _installed.World.Calls.Where(c => c.Method == nameof(MemoryDriver.CreateInstanceAsync)).Select(c => c.Name).Distinct();
        foreach (var name in created)
            (await _installed.Database.ReadAsync(async db => await Store.Ledger.InstanceLedger.FindAsync(db, (await shop.RowAsync()).Id, name, Ct), Ct)).ShouldNotBeNull(name);
        ((int?)(await shop.Http.GetAsync("/v1/orgs/default/events/verdict", Ct)).ShouldBe(200).Json["firstBroken"]).ShouldBeNull();
    }
}
