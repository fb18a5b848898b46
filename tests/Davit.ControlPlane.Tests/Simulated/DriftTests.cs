using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Store.Events;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>Somebody goes past Davit and changes what is Davit's. Simulated: instances live in memory and the edge forwards nothing.</summary>
public sealed class DriftTests(PostgresServer server) : IAsyncLifetime
{
    private Installed _installed = null!;
    private Shop _shop = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _installed = await Installed.StartAsync(server, Ct);
        _installed.World.Add(new MemoryImage("web:1"));
        _shop = await Shop.MakeAsync(_installed, Ct);
        await _shop.LiveAsync(await _shop.DeployAsync(Shop.Image("web:1")));
        await _shop.ReadyAsync(1);
        await Eventually.SeesAsync(DriftAsync, d => d["differences"]!.AsArray().Count is 0, "no drift at first", Ct);
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _installed.DisposeAsync();
    }

    [Fact]
    public async Task An_instance_that_somebody_changed_is_replaced_and_both_is_told()
    {
        var before = (await _shop.InstancesAsync()).Single();
        _installed.World.Change(before);

        await ReplacedAsync(before);
        await ToldAsync("drift.found", "drift.repaired");
    }

    [Fact]
    public async Task An_instance_that_somebody_removed_is_made_anew_and_the_ledger_forgets_the_old_one()
    {
        var before = (await _shop.InstancesAsync()).Single();
        _installed.World.Remove(before);

        await ReplacedAsync(before);
        (await _shop.Http.GetAsync($"{_shop.Env}/instances/{before}", Ct)).Json["state"]!.ToString().ShouldBe("removed");
        await ToldAsync("drift.found", "drift.repaired");
    }

    [Fact]
    public async Task A_network_that_somebody_removed_is_made_again()
    {
        var network = (await NetworksAsync()).Single();
        _installed.World.Remove(network);

        await Eventually.SeesAsync(NetworksAsync, n => n.Contains(network, StringComparer.Ordinal), "the network is back", Ct);
        await ToldAsync("drift.found", "drift.repaired");
    }

    [Fact]
    public async Task Reported_drift_is_left_until_the_policy_says_otherwise()
    {
        (await _shop.Http.PutAsync($"{_shop.Env}/drift", """{"policy":"report"}""", Ct)).ShouldBe(200);
        var before = (await _shop.InstancesAsync()).Single();
        _installed.World.Change(before);

        var seen = await Eventually.SeesAsync(DriftAsync, d => d["differences"]!.AsArray().Count is 1, "the difference is told", Ct);
        ((string)seen["policy"]!, (string)seen["differences"]![0]!["name"]!, (string)seen["differences"]![0]!["found"]!).ShouldBe(("report", before, "changed by somebody else"));
        await ToldAsync("drift.found");
        (await _shop.InstancesAsync()).ShouldBe([before]);

        (await _shop.Http.PutAsync($"{_shop.Env}/drift", """{"policy":"repair"}""", Ct)).ShouldBe(200);
        await ReplacedAsync(before);
        (await _shop.Http.PutAsync($"{_shop.Env}/drift", """{"policy":"ignore"}""", Ct)).ShouldBeProblem(422, "DV4004");
    }

    [Fact]
    public async Task What_goes_on_is_told_with_its_leader()
    {
        var seen = (await _shop.Http.GetAsync("/v1/orgs/default/reconcile", Ct)).ShouldBe(200).Json;
        ((string)seen["leader"]!["holder"]!).ShouldBe((string)seen["answered"]!);
        ((long)seen["leader"]!["fence"]!).ShouldBeGreaterThan(0);
        seen["unfinished"]!.AsArray().ShouldBeEmpty();
    }

    private async Task ReplacedAsync(string before) => await Eventually.SeesAsync(
        async () => (Instances: await _shop.InstancesAsync(), Routed: _installed.Edge.Routed((await _shop.RowAsync()).Id.ToString())),
        s => s.Instances is [var one] && one != before && s.Routed.SequenceEqual(s.Instances), $"{before} is replaced", Ct);

    private async Task<JsonNode> DriftAsync() => (await _shop.Http.GetAsync($"{_shop.Env}/drift", Ct)).ShouldBe(200).Json;

    private async Task<string[]> NetworksAsync() =>
        [.. (await _installed.Driver.ObserveAsync(new(_installed.Installation.Id) { Env = (await _shop.RowAsync()).Id }, Ct)).Networks.Select(n => n.Name)];

    private async Task ToldAsync(params string[] types)
    {
        var (org, env) = (await _installed.OrgAsync(Ct), (await _shop.RowAsync()).Id.ToString());
        await Eventually.SeesAsync(
            () => _installed.Database.ReadAsync(db => EventLog.ReadAsync(db, org, 0, env, Ct), Ct),
            events => types.All(t => events.Any(e => e.Type == t)), string.Join(" and ", types), Ct);
    }
}
