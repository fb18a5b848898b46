using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Planning.Instances;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>Volumes, their backups and restores. Simulated: instances and volumes live in memory, the target is a real directory.</summary>
public sealed class VolumeTests(PostgresServer server) : IAsyncLifetime
{
    private Installed _installed = null!;
    private Shop _shop = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Volume => _installed.World.VolumeNames.Single(v => v.Contains("-data-", StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        _installed = await Installed.StartAsync(server, Ct);
        _installed.World.Add(new MemoryImage("web:1"));
        _shop = await Shop.MakeAsync(_installed, Ct);
        await _shop.LiveAsync(await _shop.DeployFilesAsync(Files("data:/data")));
        await _shop.ReadyAsync(1);
        Put("orders", "one");
        Put("d/more", new string('x', 5000));
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _installed.DisposeAsync();
    }

    [Fact]
    public async Task Volumes_are_listed_with_their_users_and_one_in_use_is_not_deleted()
    {
        var view = (await GetAsync("volumes"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)view["name"]!, (string)view["runtimeName"]!, (string)view["usedBy"]!.AsArray().Single()!, view["provenAt"]).ShouldBe(("data", Volume, "web", null));
        (await _shop.Http.GetAsync($"{_shop.Env}/volumes/none", Ct)).ShouldBeProblem(404, "DV4001");

        (await _shop.Http.DeleteAsync($"{_shop.Env}/volumes/data", Ct)).ShouldBeProblem(422, "DV4018");
        var refused = (await _shop.Http.DeleteAsync($"{_shop.Env}/volumes/data?confirm=data", Ct)).ShouldBeProblem(409, "DV6001");
        ((string)refused.Json["detail"]!).ShouldContain("service web");
        Text("orders").ShouldBe("one");
    }

    [Fact]
    public async Task A_volume_that_nothing_uses_any_more_is_deleted_by_name_and_its_backups_stay()
    {
        await BackUpAsync();
        await _shop.LiveAsync(await _shop.DeployFilesAsync(Files("")));
        await Eventually.SeesAsync(_shop.InstancesAsync, i => i.Length is 1, "the old instance is gone", Ct);
        var volume = Volume;

        (await _shop.Http.DeleteAsync($"{_shop.Env}/volumes/data?confirm=data", Ct)).ShouldBe(200);

        _installed.World.VolumeNames.ShouldNotContain(volume);
        (await GetAsync("volumes"))["items"]!.AsArray().ShouldBeEmpty();
        var backup = (await GetAsync("backups"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        await RestoreAsync((string)backup["id"]!, """{"as":"data"}""");
        Text("orders").ShouldBe("one");
    }

    [Fact]
    public async Task A_backup_says_how_it_was_taken_and_comes_back_as_a_new_volume()
    {
        var backup = await BackUpAsync();
        ((string)backup["method"]!).ShouldStartWith("live");
        ((long)backup["files"]!, (long)backup["bytes"]!, backup["provenAt"]).ShouldBe((3L, 5003L, null));
        var verified = await GetAsync($"backups/{backup["id"]}/verification");
        ((long)verified["files"]!, (long)verified["bytes"]!).ShouldBe((3L, 5003L));

        Put("orders", "two");
        var restore = await RestoreAsync((string)backup["id"]!, """{"as":"copy"}""");
        ((string)restore["kind"]!, (long)restore["files"]!).ShouldBe(("new", 3L));

        var copy = _installed.World.VolumeNames.Single(v => v.Contains("-copy-", StringComparison.Ordinal));
        Encoding.UTF8.GetString(_installed.World.FilesOf(copy)["orders"].Bytes).ShouldBe("one");
        _installed.World.FilesOf(copy)["orders"].ShouldBe(_installed.World.FilesOf(copy)["orders"] with { Uid = 70, Mode = 384 });
        Text("orders").ShouldBe("two");
        (await _shop.Http.PostAsync($"{_shop.Env}/backups/{backup["id"]}/restores", """{"as":"copy"}""", Ct)).ShouldBeProblem(409, "DV6007");
        (await _shop.Http.PostAsync($"{_shop.Env}/backups/{backup["id"]}/restores", """{"as":"copy","inPlace":true}""", Ct)).ShouldBeProblem(422, "DV4004");
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Data_is_replaced_in_place_by_name_with_the_service_stopped_first_and_started_afterwards()
    {
        var backup = await BackUpAsync();
        Put("orders", "spoilt");
        Put("junk", "more");
        var before = (await _shop.InstancesAsync()).Single();
        var restores = $"{_shop.Env}/backups/{backup["id"]}/restores";
        (await _shop.Http.PostAsync(restores, """{"inPlace":true,"confirm":"other"}""", Ct)).ShouldBeProblem(422, "DV4018");
        Text("orders").ShouldBe("spoilt");

        var calls = _installed.World.Calls.Length;
        await RestoreAsync((string)backup["id"]!, """{"inPlace":true,"confirm":"data"}""");
        await _shop.ReadyAsync(1);

        Text("orders").ShouldBe("one");
        _installed.World.FilesOf(Volume).Keys.ShouldNotContain("junk");
        (await _shop.InstancesAsync()).Single().ShouldNotBe(before);
        var order = _installed.World.Calls.Skip(calls).ToList();
        order.IndexOf(("StopInstanceAsync", before)).ShouldBeInRange(0, order.IndexOf(("RemoveVolumeAsync", Volume)));
        order.FindIndex(c => c is ("StartInstanceAsync", _)).ShouldBeGreaterThan(order.FindLastIndex(c => c == ("WriteArchiveAsync", $"{Volume}-opened")));
        await NothingIsLeftAsync();
        (await _shop.Http.GetAsync("/v1/orgs/default/events", Ct)).Text.Split('\n').ShouldNotContain(e => e.Contains("drift.found"), "what we replace is no drift");
    }

    [Fact]
    public async Task A_stopped_backup_stops_what_mounts_the_volume_and_starts_it_again()
    {
        var before = (await _shop.InstancesAsync()).Single();

        ((string)(await BackUpAsync("""{"stop":true}"""))["method"]!).ShouldStartWith("stopped");

        await _shop.ReadyAsync(1);
        (await _shop.InstancesAsync()).Single().ShouldNotBe(before);
    }

    [Fact]
    public async Task A_schedule_backs_up_and_proves_by_itself_and_the_status_shows_how_long_ago()
    {
        ((await _shop.StatusAsync())["volumes"]![0]!["provenAt"]).ShouldBeNull();
        (await _shop.Http.PutAsync($"{_shop.Env}/volumes/data/backup-policy", """{"everySeconds":59,"keep":3}""", Ct)).ShouldBeProblem(422, "DV4004");
        (await _shop.Http.PutAsync($"{_shop.Env}/volumes/data/backup-policy", """{"everySeconds":3600,"keep":0}""", Ct)).ShouldBeProblem(422, "DV4004");
        (await _shop.Http.PutAsync($"{_shop.Env}/volumes/data/backup-policy", """{"everySeconds":3600,"proveSeconds":86400,"keep":3}""", Ct)).ShouldBe(200);

        var status = await Eventually.SeesAsync(_shop.StatusAsync, s => s["volumes"]![0]!["provenAt"] is not null, "a proof", Ct);

        var volume = status["volumes"]![0]!;
        ((long)volume["provenSecondsAgo"]!).ShouldBeInRange(0, 30);
        ((string)volume["lastBackup"]!["actor"]!, (string)volume["worry"]!, (long)volume["policy"]!["everySeconds"]!).ShouldBe(("davitd", "", 3600));
        ((string)status["state"]!).ShouldBe("ready");
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_damaged_chunk_turns_the_proof_red_and_the_next_backup_makes_it_whole()
    {
        var backup = await BackUpAsync();
        ((string)(await ProveAsync())["state"]!).ShouldBe("done");
        var chunk = Directory.EnumerateFiles(_installed.Options.Backups, "*", SearchOption.AllDirectories).Where(f => f.Contains("/chunks/", StringComparison.Ordinal)).MaxBy(f => new FileInfo(f).Length)!;
        var bytes = await File.ReadAllBytesAsync(chunk, Ct);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(chunk, bytes, Ct);

        (await _shop.Http.GetAsync($"{_shop.Env}/backups/{backup["id"]}/verification", Ct)).ShouldBeProblem(422, "DV6003");
        var failed = await ProveAsync();
        ((string)failed["state"]!, (string)failed["problem"]!["code"]!).ShouldBe(("failed", "DV6003"));
        ((string)failed["problem"]!["detail"]!).ShouldContain("'d/more'");
        var status = await _shop.StatusAsync();
        ((string)status["volumes"]![0]!["worry"]!).ShouldBe("proof-failed");
        status["conditions"]!.AsArray().ShouldContain(c => (string)c!["name"]! == "proof-failed" && ((string)c["detail"]!).Contains("'d/more'"));
        await NothingIsLeftAsync();

        ((long)(await BackUpAsync())["sentBytes"]!).ShouldBeGreaterThan(5000);
        ((string)(await ProveAsync())["state"]!).ShouldBe("done");
        ((string)(await _shop.StatusAsync())["volumes"]![0]!["worry"]!).ShouldBe("");
    }

    [Fact]
    public async Task A_target_that_is_away_or_a_volume_that_is_empty_is_red_and_never_a_success()
    {
        (await _shop.Http.PostAsync($"{_shop.Env}/volumes/data/proofs", "", Ct)).ShouldBeProblem(404, "DV4001");
        await BackUpAsync();
        Directory.Move(_installed.Options.Backups, _installed.Options.Backups + ".away");
        await _installed.StopServerAsync();
        await _installed.StartServerAsync(Ct);
        var status = await Eventually.SeesAsync(_shop.StatusAsync, s => (string)s["volumes"]![0]!["worry"]! == "target-failed", "it is told as soon as the server starts", Ct);
        ((string)status["volumes"]![0]!["worryDetail"]!).ShouldContain("is not there");
        status["conditions"]!.AsArray().ShouldContain(c => (string)c!["name"]! == "target-failed");
        var failed = await BackUpAsync(ends: "failed");
        ((string)failed["problem"]!["code"]!).ShouldBe("DV6004");
        ((string)(await _shop.StatusAsync())["volumes"]![0]!["worry"]!).ShouldBe("backup-failed");
        (await _shop.Http.GetAsync("/v1/doctor", Ct)).Json["checks"]!.AsArray().ShouldContain(c => (string)c!["name"]! == "backups" && (string)c["severity"]! == "warning");
        (await _shop.Http.PostAsync($"{_shop.Env}/backups/{failed["id"]}/restores", """{"as":"copy"}""", Ct)).ShouldBeProblem(409, "DV6011");

        Directory.Move(_installed.Options.Backups + ".away", _installed.Options.Backups);
        _installed.World.Put(Volume, "orders", null);
        _installed.World.Put(Volume, "d/more", null);
        ((string)(await BackUpAsync(ends: "failed"))["problem"]!["code"]!).ShouldBe("DV6010");
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_restore_that_the_target_fails_leaves_the_data_and_the_service_as_they_were()
    {
        var backup = await BackUpAsync();
        Put("orders", "two");
        foreach (var chunk in Directory.EnumerateFiles(_installed.Options.Backups, "*", SearchOption.AllDirectories).Where(f => f.Contains("/chunks/", StringComparison.Ordinal)))
            File.Delete(chunk);

        ((string)(await RestoreAsync((string)backup["id"]!, """{"inPlace":true,"confirm":"data"}""", "failed"))["problem"]!["code"]!).ShouldBe("DV6003");
        await _shop.ReadyAsync(1);
        Text("orders").ShouldBe("two");
        await RestoreAsync((string)backup["id"]!, """{"as":"copy"}""", "failed");
        _installed.World.VolumeNames.ShouldHaveSingleItem();
        (await GetAsync("volumes"))["items"]!.AsArray().ShouldHaveSingleItem();
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Nothing_stops_services_while_a_deployment_is_under_way_and_deployments_wait_for_a_restore()
    {
        var backup = await BackUpAsync();
        _installed.World.Add(new MemoryImage("web:2") { ComesAfter = TimeSpan.FromSeconds(3) });
        var running = await _shop.DeployFilesAsync(Files("data:/data", "web:2"));
        var busy = (await _shop.Http.PostAsync($"{_shop.Env}/volumes/data/backups", """{"stop":true}""", Ct)).ShouldBeProblem(409, "DV6002");
        ((string)busy.Json["detail"]!).ShouldContain("deployment #2");
        await _shop.LiveAsync(running);

        var asked = (await _shop.Http.PostAsync($"{_shop.Env}/backups/{backup["id"]}/restores", """{"inPlace":true,"confirm":"data"}""", Ct)).ShouldBe(202).Value;
        await _shop.LiveAsync(await _shop.DeployFilesAsync(Files("data:/data", "web:1")));
        ((string)(await EndAsync($"restores/{asked["id"]}"))["state"]!).ShouldBe("done");
        Text("orders").ShouldBe("one");
    }

    [Fact]
    public async Task A_volume_that_somebody_else_uses_too_is_left_untouched_and_the_service_starts_again()
    {
        var backup = await BackUpAsync();
        Put("orders", "two");
        var env = await _shop.RowAsync();
        var image = (await _installed.Driver.ResolveImageAsync(new("web:1"), Ct)).Pinned;
        await _installed.Driver.CreateInstanceAsync(new InstanceSpec("somebody", new(_installed.Installation.Id, env.OrgId, env.AppId, env.Id), image) { Mounts = [new MountSpec.Volume(Volume, "/x")] }, Ct);
        ((string)(await RestoreAsync((string)backup["id"]!, """{"inPlace":true,"confirm":"data"}""", "failed"))["problem"]!["code"]!).ShouldBe("DV3028");
        await _installed.Driver.RemoveInstanceAsync("somebody", Ct);
        await _shop.ReadyAsync(1);
        Text("orders").ShouldBe("two");
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Data_outside_of_the_runtime_is_not_replaced()
    {
        var files = Files("data:/data").Select(f => f.Item1 is "compose.yaml" ? (f.Item1, f.Item2.Replace("{ data: {} }", "{ data: { driver_opts: { type: none, o: bind, device: /srv } } }")) : f).ToArray();
        await _shop.LiveAsync(await _shop.DeployFilesAsync(files));
        var backup = await BackUpAsync();
        ((string)(await RestoreAsync((string)backup["id"]!, """{"inPlace":true,"confirm":"data"}""", "failed"))["problem"]!["code"]!).ShouldBe("DV6013");
        Text("orders").ShouldBe("one");
        await RestoreAsync((string)backup["id"]!, """{"as":"copy"}""");
    }

    [Fact]
    public async Task Deleting_an_environment_takes_its_volumes_and_ends_what_was_asked_for()
    {
        var backup = await BackUpAsync();
        (await _shop.Http.DeleteAsync($"{_shop.Env}?expectedVersion={(await _shop.RowAsync()).Version}&confirm=production", Ct)).ShouldBe(202);
        await Eventually.SeesAsync(() => _shop.Http.GetAsync(_shop.Env, Ct), a => a.Status is 404, "deleted", Ct);
        _installed.World.VolumeNames.ShouldBeEmpty();
        File.Exists(Directory.EnumerateFiles(_installed.Options.Backups, (string)backup["id"]!, SearchOption.AllDirectories).Single()).ShouldBeTrue("backups outlive what was backed up");
    }

    private static (string, string)[] Files(string mount, string image = "web:1") =>
    [
        ("compose.yaml", $"services:\n  web:\n    image: {image}\n{(mount is "" ? "" : $"    volumes: ['{mount}']\n")}{(mount is "" ? "" : "volumes: { data: {} }\n")}"),
        ("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080 }\n"),
    ];

    private void Put(string path, string text) => _installed.World.Put(Volume, path, new MemoryFile(TarEntryType.RegularFile, Encoding.UTF8.GetBytes(text)) { Uid = 70, Mode = 384 });

    private string Text(string path) => Encoding.UTF8.GetString(_installed.World.FilesOf(Volume)[path].Bytes);

    private async Task<JsonNode> GetAsync(string path) => (await _shop.Http.GetAsync($"{_shop.Env}/{path}", Ct)).ShouldBe(200).Json;

    private Task<JsonNode> EndAsync(string path) => Eventually.SeesAsync(() => GetAsync(path), r => (string)r["state"]! is "done" or "failed", $"the end of {path}", Ct);

    private async Task<JsonNode> BackUpAsync(string body = "{}", string ends = "done")
    {
        var asked = (await _shop.Http.PostAsync($"{_shop.Env}/volumes/data/backups", body, Ct)).ShouldBe(202).Value;
        var end = await EndAsync($"backups/{asked["id"]}");
        ((string)end["state"]!).ShouldBe(ends, end.ToJsonString());
        return end;
    }

    private async Task<JsonNode> RestoreAsync(string backup, string body, string ends = "done")
    {
        var asked = (await _shop.Http.PostAsync($"{_shop.Env}/backups/{backup}/restores", body, Ct)).ShouldBe(202).Value;
        var end = await EndAsync($"restores/{asked["id"]}");
        ((string)end["state"]!).ShouldBe(ends, end.ToJsonString());
        return end;
    }

    private async Task<JsonNode> ProveAsync()
    {
        var asked = (await _shop.Http.PostAsync($"{_shop.Env}/volumes/data/proofs", "", Ct)).ShouldBe(202).Value;
        return await EndAsync($"restores/{asked["id"]}");
    }

    /// <summary>Neither what opens volumes nor scratch volumes, in the world or in the ledger.</summary>
    private async Task NothingIsLeftAsync()
    {
        await Eventually.SeesAsync(() => Task.FromResult(_installed.World.VolumeNames), v => v.All(n => !n.Contains("scratch", StringComparison.Ordinal)), "no scratch volume", Ct);
        (await _shop.InstancesAsync()).ShouldAllBe(i => !i.Contains("opened"));
    }
}
