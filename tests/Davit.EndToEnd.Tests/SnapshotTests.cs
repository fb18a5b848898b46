using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>Snapshots of a volume that a service writes to without a pause, with a real engine; davitd is killed while the service stands still.</summary>
public sealed class SnapshotTests : IAsyncLifetime
{
    // Each number goes into the first file and then into the last; between the two lies what takes long to copy.
    private const string Writer = "mkdir -p /www; echo up > /www/index.html; httpd -p 8080 -h /www; i=0; while true; do i=$$((i+1)); echo $$i > /data/.t; mv /data/.t /data/a; echo $$i > /data/.t; mv /data/.t /data/z; done";

    private readonly Platform _platform = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_snapshot_is_of_one_point_in_time_and_a_kill_while_a_service_stands_still_lets_it_go_on()
    {
        var app = new App(_platform, "snap").Running(Writer, "    volumes: [data:/data]\nvolumes: { data: {} }");
        await app.UpAsync(Ct);
        var web = (await app.InstancesAsync(Ct)).Single();
        await app.DavitAsync("exec", Ct, "web", "--", "sh", "-c", "for i in 1 2 3; do dd if=/dev/urandom of=/data/m$i bs=1M count=60 2>/dev/null; done");

        var snapshot = JsonNode.Parse((await app.DavitAsync("volume snapshot create", Ct, "data", "--json")).ShouldSucceed().Out)!;
        ((string)snapshot["method"]!, (long)snapshot["bytes"]! > 180 << 20, (long)snapshot["pausedMs"]! > 0).ShouldBe(("paused", true, true));
        (await IsPausedAsync(web)).ShouldBeFalse();
        TestContext.Current.TestOutputHelper?.WriteLine($"{snapshot["bytes"]} bytes, stood still for {snapshot["pausedMs"]} ms");
        await app.ShouldAnswerAsync("up", Ct);
        await OfOnePointInTimeAsync(app, snapshot, "copy");

        var running = (await app.DavitAsync("volume snapshot create", Ct, "data", "--no-wait")).ShouldSucceed().Out.Trim();
        await Eventually.HoldsAsync(() => IsPausedAsync(web), "the service stands still", App.Soon, Ct);
        await _platform.KillAsync(Ct);
        (await IsPausedAsync(web)).ShouldBeTrue("nobody is there who could let it go on");
        await _platform.StartAsync(Ct);
        var began = Stopwatch.GetTimestamp();
        await Eventually.HoldsAsync(async () => !await IsPausedAsync(web), "it goes on", TimeSpan.FromSeconds(10), Ct);
        TestContext.Current.TestOutputHelper?.WriteLine($"went on {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms after davitd answered again");
        var second = await Eventually.SeesAsync(() => _platform.Api.GetAsync($"{app.ApiPath}/snapshots/{running}", Ct), s => (string)s["state"]! is "done" or "failed", "it is taken after all", TimeSpan.FromSeconds(60), Ct);
        ((string)second["state"]!).ShouldBe("done", second.ToJsonString());
        (await IsPausedAsync(web)).ShouldBeFalse();
        await OfOnePointInTimeAsync(app, second, "second");

        (await app.DavitAsync("volume snapshot restore", Ct, (string)snapshot["id"]!, "--yes", "data")).ShouldSucceed();
        foreach (var id in new[] { snapshot, second }.Select(s => (string)s["id"]!))
            (await app.DavitAsync("volume snapshot delete", Ct, id, "--yes", id[^8..])).ShouldSucceed();
        (await Engine.ObjectsAsync($"davit.installation={_platform.Installation}", Ct)).ShouldNotContain(o => o.Contains("-opened") || o.Contains("scratch") || o.Contains("snapshot"));
    }

    private static async Task OfOnePointInTimeAsync(App app, JsonNode snapshot, string name)
    {
        (await app.DavitAsync("volume snapshot clone", Ct, (string)snapshot["id"]!, "--as", name)).ShouldSucceed();
        var volume = (await Engine.RunAsync(Ct, "volume", "ls", "--filter", $"name={app.Name}-production-{name}", "--format", "{{.Name}}")).Trim();
        var numbers = (await Engine.RunAsync(Ct, "run", "--rm", "--volume", $"{volume}:/data", "busybox:1", "cat", "/data/a", "/data/z")).Trim().Split('\n').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        (numbers[0] - numbers[1]).ShouldBeInRange(0, 1, $"the first file says {numbers[0]} and the last {numbers[1]}");
    }

    /// <summary>Asks the engine, which is there also when davitd is not.</summary>
    private static async Task<bool> IsPausedAsync(string instance) => (await Engine.RunAsync(Ct, "inspect", "--format", "{{.State.Paused}}", instance)) is "true";
}
