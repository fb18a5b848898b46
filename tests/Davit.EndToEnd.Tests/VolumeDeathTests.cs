using System.Text.Json.Nodes;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>davitd is killed with SIGKILL in the middle of backups and restores of a real engine, earlier and later each time.</summary>
public sealed class VolumeDeathTests : IAsyncLifetime
{
    private const string Sum = "cd /data && find . -type f | sort | xargs sha256sum";

    private readonly Platform _platform = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_kill_in_the_middle_ends_with_a_whole_target_and_the_data_that_was_restored()
    {
        var app = new App(_platform, "die")
            .With("compose.yaml", "services:\n  web:\n    image: busybox:1\n    init: true\n    command: [sh, -c, 'mkdir -p /www && exec httpd -f -p 8080 -h /www']\n    volumes: [data:/data]\nvolumes: { data: {} }\n")
            .With("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080, health: { path: /, expect: [404] } }\n");
        await app.UpAsync(Ct);
        await ExecAsync(app, "for i in 1 2 3; do dd if=/dev/urandom of=/data/large$i bs=1M count=40 2>/dev/null; done; echo kept > /data/orders");
        var before = await ExecAsync(app, Sum);

        foreach (var pause in (int[])[1100, 1500, 2000])
            await KillAfterAsync(await BeginAsync(app, "backup create", "data"), pause, app, "backups");
        var backups = JsonNode.Parse((await app.DavitAsync("backup list", Ct, "--json")).ShouldSucceed().Out)!["items"]!.AsArray();
        backups.Count.ShouldBe(3);
        foreach (var backup in backups)
            (await app.DavitAsync("backup verify", Ct, (string)backup!["id"]!)).ShouldSucceed();

        foreach (var pause in (int[])[500, 1500, 2500, 3500])
        {
            await ExecAsync(app, "rm -f /data/large1 && echo spoilt > /data/orders");
            await KillAfterAsync(await BeginAsync(app, "backup restore", (string)backups[0]!["id"]!, "--in-place", "--yes", "data"), pause, app, "restores");
            await Eventually.HoldsAsync(async () => (await app.DavitAsync("exec", Ct, "web", "--", "true")).Exit is 0, "the service runs again", App.Soon, Ct);
            (await ExecAsync(app, Sum)).ShouldBe(before, $"killed after {pause} ms");
        }

        (await Engine.ObjectsAsync($"davit.installation={_platform.Installation}", Ct)).ShouldNotContain(o => o.Contains("-opened") || o.Contains("scratch"));
    }

    /// <returns>The id of what was begun.</returns>
    private static async Task<string> BeginAsync(App app, string verb, params string[] arguments) => (await app.DavitAsync(verb, Ct, [.. arguments, "--no-wait"])).ShouldSucceed().Out.Trim();

    private async Task KillAfterAsync(string id, int milliseconds, App app, string kind)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, Ct);
        await _platform.KillAsync(Ct);
        await _platform.StartAsync(Ct);
        await Eventually.SeesAsync(async () => (string)(await _platform.Api.GetAsync($"{app.ApiPath}/{kind}/{id}", Ct))["state"]!, s => s is "done", $"{id} is done", TimeSpan.FromSeconds(60), Ct);
    }

    private static async Task<string> ExecAsync(App app, string script) => (await app.DavitAsync("exec", Ct, "web", "--", "sh", "-c", script)).ShouldSucceed().Out.Trim();
}
