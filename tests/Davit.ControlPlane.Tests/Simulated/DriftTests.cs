using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Store.Events;
using Davit.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task Who_only_wants_to_be_told_can_still_scale_stop_and_delete_what_others_changed()
    {
        (await _shop.Http.PutAsync($"{_shop.Env}/drift", """{"policy":"report"}""", Ct)).ShouldBe(200);
        var changed = (await _shop.InstancesAsync()).Single();
        _installed.World.Change(changed);
        await ToldAsync("drift.found");

        (await _shop.Http.PutAsync($"{_shop.Env}/scale", """{"services":{"web":2}}""", Ct)).ShouldBe(200);
        var two = await Eventually.SeesAsync(_shop.InstancesAsync, i => i.Length is 2, "scaled", Ct);
        two.ShouldContain(changed);

        (await _shop.Http.PutAsync($"{_shop.Env}/stopped", """{"stopped":true}""", Ct)).ShouldBe(200);
        await Eventually.SeesAsync(_shop.InstancesAsync, i => i.Length is 0, "stopped", Ct);
        (await _shop.Http.DeleteAsync($"{_shop.Env}?expectedVersion={(await _shop.RowAsync()).Version}&confirm=production", Ct)).ShouldBe(202);
        await Eventually.SeesAsync(() => _shop.Http.GetAsync(_shop.Env, Ct), a => a.Status is 404, "deleted", Ct);
    }

    [Fact]
    public async Task What_we_take_away_ourselves_is_no_drift()
    {
        (await _shop.Http.PutAsync($"{_shop.Env}/scale", """{"services":{"web":3}}""", Ct)).ShouldBe(200);
        await _shop.ReadyAsync(3);
        (await _shop.Http.PutAsync($"{_shop.Env}/scale", """{"services":{"web":1}}""", Ct)).ShouldBe(200);
        await _shop.ReadyAsync(1);
        _installed.World.Change((await _shop.InstancesAsync()).Single());
        await ToldAsync("drift.found", "drift.repaired");

        (await EventsAsync()).Count(e => e.Type is "drift.found").ShouldBe(1);
    }

    [Fact]
    public async Task Content_that_somebody_damaged_is_restored_from_its_copy_and_both_is_told()
    {
        await _shop.LiveAsync(await _shop.DeployFilesAsync(Site));
        var tree = Directory.EnumerateDirectories(_installed.Options.Content).ShouldHaveSingleItem();

        foreach (var damage in Damages(tree))
        {
            await DamageAsync(damage);
            await Eventually.SeesAsync(
                () =>
                {
                    Wake();
                    return Task.FromResult(Files(tree));
                },
                f => f.SequenceEqual(Site.Select(s => (s.Name, s.Text)).Order()), "everything is as it was released", Ct);
        }

        await ToldAsync("drift.found", "drift.repaired");
        await Eventually.SeesAsync(DriftAsync, d => d["differences"]!.AsArray().Count is 0, "no drift is left", Ct);
    }

    [Fact]
    public async Task Damaged_content_is_left_where_drift_is_only_reported_and_named_where_no_copy_is_left()
    {
        await _shop.LiveAsync(await _shop.DeployFilesAsync(Site));
        var tree = Directory.EnumerateDirectories(_installed.Options.Content).ShouldHaveSingleItem();
        (await _shop.Http.PutAsync($"{_shop.Env}/drift", """{"policy":"report"}""", Ct)).ShouldBe(200);

        await File.WriteAllTextAsync(Path.Combine(tree, "index.html"), "defaced", Ct);
        (await FoundAsync(d => d.Count is 1)).ShouldBe("changed");
        Directory.Delete(Path.Combine(_installed.Options.Data, "packs"), recursive: true);
        Directory.Delete(tree, recursive: true);
        (await FoundAsync(d => d.Count is 1 && (string)d[0]!["found"]! is not "changed")).ShouldBe("missing, and no copy of it is left");

        (await _shop.Http.PutAsync($"{_shop.Env}/drift", """{"policy":"repair"}""", Ct)).ShouldBe(200);
        await _shop.LiveAsync(await _shop.DeployFilesAsync(Site));
        await Eventually.SeesAsync(() => Task.FromResult(Files(tree)), f => f.Length == Site.Length, "deploying it again brings it back", Ct);
    }

    [Fact]
    public async Task What_goes_on_is_told_with_its_leader()
    {
        var seen = (await _shop.Http.GetAsync("/v1/orgs/default/reconcile", Ct)).ShouldBe(200).Json;
        ((string)seen["leader"]!["holder"]!).ShouldBe((string)seen["answered"]!);
        ((long)seen["leader"]!["fence"]!).ShouldBeGreaterThan(0);
        seen["unfinished"]!.AsArray().ShouldBeEmpty();
    }

    private static readonly (string Name, string Text)[] Site = [("index.html", "home"), ("app.js", "code"), ("big.txt", new string('b', 200_000))];

    /// <summary>The server may be writing there at the same time, which is what these tests are about.</summary>
    private static async Task DamageAsync(Action damage)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                damage();
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && tries < 50)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
            }
        }
    }

    private static Action[] Damages(string tree) =>
    [
        () => File.Delete(Path.Combine(tree, "app.js")),
        () => File.WriteAllText(Path.Combine(tree, "index.html"), "h0me"),
        () => File.AppendAllText(Path.Combine(tree, "big.txt"), "b"),
        () => File.WriteAllText(Path.Combine(tree, "stranger.php"), "evil"),
        () => File.CreateSymbolicLink(Path.Combine(tree, "passwd"), "/etc/passwd"),
        () =>
        {
            File.Delete(Path.Combine(tree, "app.js"));
            Directory.CreateDirectory(Path.Combine(tree, "app.js", "deep"));
        },
        () => Directory.Delete(tree, recursive: true),
        () =>
        {
            Directory.Delete(tree, recursive: true);
            File.WriteAllText(tree, "a file in the place of the directory");
        },
        () =>
        {
            Directory.Delete(tree, recursive: true);
            File.CreateSymbolicLink(tree, "/etc");
        },
    ];

    private static (string Name, string Text)[] Files(string tree) => Directory.Exists(tree) && new DirectoryInfo(tree).LinkTarget is null
        ? [.. new DirectoryInfo(tree).EnumerateFiles("*", SearchOption.AllDirectories).Select(f => (Path.GetRelativePath(tree, f.FullName), File.ReadAllText(f.FullName))).Order()]
        : [];

    private void Wake() => _installed.App.Services.GetRequiredService<Reconciling.WorkSignals>().WakeAll();

    private async Task<string> FoundAsync(Func<JsonArray, bool> holds) =>
        (string)(await Eventually.SeesAsync(DriftAsync, d => holds(d["differences"]!.AsArray()), "the damage is told", Ct))["differences"]![0]!["found"]!;

    private async Task ReplacedAsync(string before) => await Eventually.SeesAsync(
        async () => (Instances: await _shop.InstancesAsync(), Routed: _installed.Edge.Routed((await _shop.RowAsync()).Id.ToString())),
        s => s.Instances is [var one] && one != before && s.Routed.SequenceEqual(s.Instances), $"{before} is replaced", Ct);

    private async Task<JsonNode> DriftAsync() => (await _shop.Http.GetAsync($"{_shop.Env}/drift", Ct)).ShouldBe(200).Json;

    private async Task<string[]> NetworksAsync() =>
        [.. (await _installed.Driver.ObserveAsync(new(_installed.Installation.Id) { Env = (await _shop.RowAsync()).Id }, Ct)).Networks.Select(n => n.Name)];

    private async Task ToldAsync(params string[] types)
    {
        await Eventually.SeesAsync(EventsAsync, events => types.All(t => events.Any(e => e.Type == t)), string.Join(" and ", types), Ct);
    }

    private async Task<IReadOnlyList<EventRow>> EventsAsync()
    {
        var (org, env) = (await _installed.OrgAsync(Ct), (await _shop.RowAsync()).Id.ToString());
        return await _installed.Database.ReadAsync(db => EventLog.ReadAsync(db, org, 0, env, Ct), Ct);
    }
}
