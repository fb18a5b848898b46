using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Model;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>Snapshots of volumes. Simulated: instances and volumes live in memory.</summary>
public sealed class SnapshotTests(PostgresServer server) : IAsyncLifetime
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
        await _shop.LiveAsync(await _shop.DeployFilesAsync(
            ("compose.yaml", "services:\n  web:\n    image: web:1\n    volumes: ['data:/data']\nvolumes: { data: {} }\n"), ("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080 }\n")));
        await _shop.ReadyAsync(1);
        Put("one");
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _installed.DisposeAsync();
    }

    [Fact]
    public async Task What_mounts_the_volume_stands_still_only_while_it_is_copied()
    {
        var before = (await _shop.InstancesAsync()).Single();
        var calls = _installed.World.Calls.Length;

        var snapshot = await TakeAsync();

        ((string)snapshot["method"]!, (long)snapshot["files"]!, (long)snapshot["bytes"]!).ShouldBe(("paused", 2L, 3L));
        ((long)snapshot["pausedMs"]!).ShouldBeInRange(0, 5000);
        (await _shop.InstancesAsync()).Single().ShouldBe(before);
        _installed.World.IsAnyPaused.ShouldBeFalse();
        var order = _installed.World.Calls.Skip(calls).ToList();
        var (pause, resume, read) = (order.IndexOf(("PauseInstanceAsync", before)), order.IndexOf(("ResumeInstanceAsync", before)), order.IndexOf(("ReadArchiveAsync", $"{Volume}-opened")));
        pause.ShouldBeInRange(order.FindIndex(c => c is ("CreateInstanceAsync", _)), read);
        resume.ShouldBeGreaterThan(order.FindIndex(c => c is ("WriteArchiveAsync", _)));
        (await GetAsync("volumes"))["items"]!.AsArray().ShouldHaveSingleItem("a snapshot is no volume that could be mounted");
        (await _shop.Http.GetAsync("/v1/orgs/default/events", Ct)).Text.Split('\n').ShouldNotContain(e => e.Contains("drift.found"));
    }

    [Fact]
    public async Task The_data_goes_back_in_place_by_name_or_becomes_a_volume_of_its_own()
    {
        var snapshot = await TakeAsync();
        Put("two");
        var restores = $"{_shop.Env}/snapshots/{snapshot["id"]}/restores";
        (await _shop.Http.PostAsync(restores, """{"inPlace":true,"confirm":"other"}""", Ct)).ShouldBeProblem(422, "DV4018");
        await RestoreAsync(restores, """{"as":"copy"}""");
        (Text(Volume), Text(_installed.World.VolumeNames.Single(v => v.Contains("-copy-", StringComparison.Ordinal)))).ShouldBe(("two", "one"));
        (await _shop.Http.PostAsync(restores, """{"as":"copy"}""", Ct)).ShouldBeProblem(409, "DV6007");

        ((string)(await RestoreAsync(restores, """{"inPlace":true,"confirm":"data"}"""))["backup"]!).ShouldBe((string)snapshot["id"]!);
        await _shop.ReadyAsync(1);
        Text(Volume).ShouldBe("one");
    }

    [Fact]
    public async Task One_is_taken_at_a_time_and_what_is_wrong_is_told()
    {
        (await AskAsync("""{"method":"other"}""")).ShouldBeProblem(422, "DV4004");
        (await _shop.Http.PostAsync($"{_shop.Env}/volumes/none/snapshots", "{}", Ct)).ShouldBeProblem(404, "DV4001");
        (await _shop.Http.GetAsync($"{_shop.Env}/snapshots/snp_1", Ct)).ShouldBeProblem(404, "DV4001");
        _installed.World.Vanish();
        (await AskAsync("{}")).ShouldBe(202);
        (await AskAsync("{}")).ShouldBeProblem(409, "DV6002");
        (await _shop.Http.PostAsync($"{_shop.Env}/volumes/data/backups", "{}", Ct)).ShouldBeProblem(409, "DV6002");
        _installed.World.Return();
    }

    [Fact]
    public async Task It_is_deleted_by_its_digits_and_never_while_it_is_needed()
    {
        var id = (string)(await TakeAsync("""{"method":"stopped"}"""))["id"]!;
        await _shop.ReadyAsync(1);
        (await _shop.Http.DeleteAsync($"{_shop.Env}/snapshots/{id}", Ct)).ShouldBeProblem(422, "DV4018");
        var kept = _installed.World.VolumeNames.Single(v => v.StartsWith("davit-snapshot-", StringComparison.Ordinal));
        (await _shop.Http.GetAsync("/v1/garbage", Ct)).ShouldBe(200).Text.ShouldNotContain(kept);
        Text(kept).ShouldBe("one");

        (await _shop.Http.DeleteAsync($"{_shop.Env}/snapshots/{id}?confirm={id[^8..]}", Ct)).ShouldBe(202);

        await Eventually.SeesAsync(() => GetAsync("snapshots"), s => s["items"]!.AsArray().Count is 0, "it is gone", Ct);
        _installed.World.VolumeNames.ShouldHaveSingleItem();
        Text(Volume).ShouldBe("one");
    }

    [Fact]
    public async Task A_copy_that_cannot_be_made_is_thrown_away_and_everything_goes_on()
    {
        _installed.World.FailNext("WriteArchiveAsync", DriverProblems.InstanceNotFound("it"));
        var failed = await TakeAsync(ends: "failed");
        ((string)failed["problem"]!["code"]!).ShouldBe("DV3020");
        _installed.World.IsAnyPaused.ShouldBeFalse();
        _installed.World.VolumeNames.ShouldHaveSingleItem();
        (await _shop.Http.PostAsync($"{_shop.Env}/snapshots/{failed["id"]}/restores", """{"as":"copy"}""", Ct)).ShouldBeProblem(409, "DV6011");
    }

    [Fact]
    public async Task Deleting_an_environment_takes_its_snapshots()
    {
        await TakeAsync("""{"method":"live"}""");
        (await _shop.Http.DeleteAsync($"{_shop.Env}?expectedVersion={(await _shop.RowAsync()).Version}&confirm=production", Ct)).ShouldBe(202);
        await Eventually.SeesAsync(() => _shop.Http.GetAsync(_shop.Env, Ct), a => a.Status is 404, "deleted", Ct);
        _installed.World.VolumeNames.ShouldBeEmpty();
    }

    private void Put(string text) => _installed.World.Put(Volume, "orders", new MemoryFile(TarEntryType.RegularFile, Encoding.UTF8.GetBytes(text)) { Uid = 70, Mode = 384 });

    private string Text(string volume) => Encoding.UTF8.GetString(_installed.World.FilesOf(volume)["orders"].Bytes);

    private async Task<JsonNode> GetAsync(string path) => (await _shop.Http.GetAsync($"{_shop.Env}/{path}", Ct)).ShouldBe(200).Json;

    private Task<JsonNode> EndAsync(string path) => Eventually.SeesAsync(() => GetAsync(path), r => (string)r["state"]! is "done" or "failed", $"the end of {path}", Ct);

    private Task<Answer> AskAsync(string body) => _shop.Http.PostAsync($"{_shop.Env}/volumes/data/snapshots", body, Ct);

    private async Task<JsonNode> TakeAsync(string body = "{}", string ends = "done")
    {
        var end = await EndAsync($"snapshots/{(await AskAsync(body)).ShouldBe(202).Value["id"]}");
        ((string)end["state"]!).ShouldBe(ends, end.ToJsonString());
        return end;
    }

    private async Task<JsonNode> RestoreAsync(string restores, string body)
    {
        var end = await EndAsync($"restores/{(await _shop.Http.PostAsync(restores, body, Ct)).ShouldBe(202).Value["id"]}");
        ((string)end["state"]!).ShouldBe("done", end.ToJsonString());
        return end;
    }
}
