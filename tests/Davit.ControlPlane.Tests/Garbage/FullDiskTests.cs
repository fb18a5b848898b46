using Davit.ControlPlane.Disks;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Testing;
using Davit.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Davit.ControlPlane.Tests.Garbage;

/// <summary>A disk that fills up, step by step, on a real file system of its own.</summary>
public sealed class FullDiskTests(PostgresServer server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_filling_disk_warns_collects_and_refuses_and_what_runs_goes_on()
    {
        await using var disk = await SmallDisk.MountAsync(Directory.CreateTempSubdirectory("davit-disk-").FullName, 512, Ct);
        await using var installed = await Installed.StartAsync(server, Ct, Directory.CreateDirectory(Path.Combine(disk.Root, "data")).FullName);
        var guard = installed.App.Services.GetRequiredService<DiskGuard>();
        installed.World.Add(new MemoryImage("shop:1"));
        using var shop = await Shop.MakeAsync(installed, Ct);
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image("shop:1")));
        guard.Look().Level.ShouldBe(DiskLevel.Calm);
        await Eventually.SeesAsync(() => Task.FromResult(File.Exists(Path.Combine(disk.Root, "data", "reserve"))), e => e, "a reserve is kept", Ct);

        disk.FillTo(81);
        (await DoctorAsync(shop)).ShouldBe("warning");
        await ToldAsync(shop, "warn");

        var garbage = OldTree(installed);
        disk.FillTo(86);
        await ToldAsync(shop, "collect");
        await Eventually.SeesAsync(() => Task.FromResult(Directory.Exists(garbage)), e => !e, "garbage is collected without being asked for", Ct);

        disk.FillTo(93);
        await RefusesWorkAsync(shop);

        disk.FillTo(98);
        await Eventually.SeesAsync(() => Task.FromResult(File.Exists(Path.Combine(disk.Root, "data", "reserve"))), e => !e, "the reserve is given back", Ct);
        disk.FillTo(98);
        await RefusesLogsAsync(installed, shop, disk, guard);

        (await shop.ReadyAsync(1))["conditions"]!.AsArray().ShouldBeEmpty("there is room again");
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image("shop:1"), ""","force":true"""));
    }

    private static async Task RefusesWorkAsync(Shop shop)
    {
        (await DoctorAsync(shop)).ShouldBe("blocking");
        using var archive = new ByteArrayContent(Shop.Tar(("index.html", "x")));
        (await shop.Http.SendAsync(HttpMethod.Post, $"{shop.App}/uploads", archive, Ct)).ShouldBeProblem(507, "DV3016");
        await shop.FailedAsync(await shop.DeployAsync(Shop.Image("not-here:1")), "DV3016");

        // What needs no room is not held back: an image that is here, a restart, the instances that run.
        await shop.LiveAsync(await shop.DeployAsync("""{"kind":"serving"}"""));
        var status = await shop.ReadyAsync(1);
        status["conditions"]!.AsArray().ShouldContain(c => (string)c!["name"]! == "disk-full");
    }

    private static async Task RefusesLogsAsync(Installed installed, Shop shop, SmallDisk disk, DiskGuard guard)
    {
        guard.Look().Level.ShouldBe(DiskLevel.RefuseLogs);
        var instance = (await shop.InstancesAsync()).Single();
        installed.World.Print(instance, "first of the dry spell");
        installed.World.Print(instance, "second of the dry spell");
        var lines = await Eventually.SeesAsync(() => LogsAsync(shop), l => l.Contains("davit: the disk is nearly full", StringComparison.Ordinal), "one notice", Ct);
        lines.ShouldNotContain("dry spell");

        disk.FillTo(50);
        lines = await Eventually.SeesAsync(() => LogsAsync(shop), l => l.Contains("second of the dry spell", StringComparison.Ordinal), "the lines come in when there is room", Ct);
        lines.Split("first of the dry spell").Length.ShouldBe(2, "each of them once");
        lines.Split("davit: the disk is nearly full").Length.ShouldBe(2, "one notice, not many");
    }

    private static async Task<string> LogsAsync(Shop shop) => (await shop.Http.GetAsync($"{shop.Env}/logs", Ct)).ShouldBe(200).Text;

    private static async Task<string> DoctorAsync(Shop shop) =>
        (string)(await shop.Http.GetAsync("/v1/doctor", Ct)).ShouldBe(200).Json["checks"]!.AsArray().Single(c => (string)c!["name"]! is "disk")!["severity"]!;

    private static Task<string> ToldAsync(Shop shop, string level) => Eventually.SeesAsync(
        async () => (await shop.Http.GetAsync("/v1/orgs/default/events?limit=200", Ct)).Text, t => t.Contains($"\"level\":\"{level}\"", StringComparison.Ordinal), $"an event of level {level}", Ct);

    private static string OldTree(Installed installed)
    {
        var tree = Directory.CreateDirectory(Path.Combine(installed.Options.Content, new string('a', 64)));
        File.WriteAllText(Path.Combine(tree.FullName, "x"), "x");
        tree.LastWriteTimeUtc = DateTime.UnixEpoch;
        return tree.FullName;
    }
}
