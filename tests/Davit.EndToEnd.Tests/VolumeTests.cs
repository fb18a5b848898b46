using System.Text.Json.Nodes;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>Data is backed up, destroyed, restored and compared, with a real engine; a proof runs by itself and turns red when the backup is damaged.</summary>
[Collection(SecondInstallation.Name)]
public sealed class VolumeTests(Platform platform)
{
    private const string Fill = "mkdir -p /data/d && echo kept > /data/orders && dd if=/dev/urandom of=/data/d/large bs=1M count=9 2>/dev/null && ln -s orders /data/link && ln /data/orders /data/hard && mkfifo /data/pipe && chown -R 70:71 /data && chmod 700 /data && chmod 2750 /data/d && chmod 600 /data/orders";
    private const string Sum = "cd /data && find . | sort | while read f; do stat -c '%n %a %u %g %F %Y' $f; [ -f $f ] && sha256sum $f; done; readlink /data/link; true";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_destroyed_comes_back_with_every_owner_mode_link_and_byte()
    {
        var app = await UpAsync("vol");
        await app.DavitAsync("exec", Ct, "web", "--", "sh", "-c", Fill);
        var before = await SumAsync(app);
        before.ShouldContain("./d/large");
        (await app.DavitAsync("volume list", Ct)).ShouldSucceed().Out.ShouldContain("never");

        var live = await BackUpAsync(app);
        ((string)live["method"]!).ShouldStartWith("live");
        ((long)live["bytes"]!).ShouldBeGreaterThan(9 << 20);
        var stopped = await BackUpAsync(app, "--stop");
        ((string)stopped["method"]!).ShouldStartWith("stopped");
        ((long)stopped["sentBytes"]!).ShouldBe(0, "nothing has changed");
        (await app.DavitAsync("backup verify", Ct, (string)stopped["id"]!)).ShouldSucceed();
        await ServesAsync(app);

        await app.DavitAsync("exec", Ct, "web", "--", "sh", "-c", "rm -rf /data/* && echo spoilt > /data/orders && chmod 777 /data");
        (await SumAsync(app)).ShouldNotBe(before);
        (await app.DavitAsync("backup restore", Ct, (string)stopped["id"]!, "--in-place")).ShouldFail().Error.ShouldContain("DV4018");
        (await app.DavitAsync("backup restore", Ct, (string)stopped["id"]!, "--in-place", "--yes", "other")).ShouldFail().Error.ShouldContain("DV4018");
        (await app.DavitAsync("backup restore", Ct, (string)stopped["id"]!, "--in-place", "--yes", "data")).ShouldSucceed();
        await ServesAsync(app);
        (await SumAsync(app)).ShouldBe(before);

        (await app.DavitAsync("backup restore", Ct, (string)live["id"]!, "--as", "copy")).ShouldSucceed();
        var copy = (await Engine.RunAsync(Ct, "volume", "ls", "--filter", $"name={app.Name}-production-copy", "--format", "{{.Name}}")).Trim();
        (await Engine.RunAsync(Ct, "run", "--rm", "--volume", $"{copy}:/data", "busybox:1", "sh", "-c", Sum)).Trim().ShouldBe(before);
        (await app.DavitAsync("volume delete", Ct, "data", "--yes", "data")).ShouldFail().Error.ShouldContain("service web");
        (await app.DavitAsync("volume delete", Ct, "copy")).ShouldFail().Error.ShouldContain("DV4018");
        (await app.DavitAsync("volume delete", Ct, "copy", "--yes", "copy")).ShouldSucceed();
        (await Engine.RunAsync(Ct, "volume", "ls", "--quiet", "--filter", $"name={copy}")).ShouldBeEmpty();
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_schedule_proves_by_itself_and_a_damaged_chunk_turns_it_red()
    {
        var app = await UpAsync("proof");
        await app.DavitAsync("exec", Ct, "web", "--", "sh", "-c", Fill);
        (await StatusAsync(app)).ShouldContain("last proven restore never");
        (await app.DavitAsync("backup schedule", Ct, "data", "--every", "1h", "--prove", "24h")).ShouldSucceed();

        await Eventually.SeesAsync(() => StatusAsync(app), s => s.Contains("last proven restore", StringComparison.Ordinal) && s.Contains(" s ago", StringComparison.Ordinal), "the age of a proof", App.Soon, Ct);
        await NothingIsLeftAsync();

        var volume = (string)JsonNode.Parse((await app.DavitAsync("volume get", Ct, "data", "--json")).ShouldSucceed().Out)!["runtimeName"]!;
        var chunk = Directory.EnumerateFiles(Path.Combine(platform.Backups, platform.Installation, volume, "chunks")).MaxBy(f => new FileInfo(f).Length)!;
        var bytes = await File.ReadAllBytesAsync(chunk, Ct);
        bytes[bytes.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(chunk, bytes, Ct);

        var failed = (await app.DavitAsync("backup prove", Ct, "data")).ShouldFail();
        failed.Error.ShouldContain("DV6003");
        failed.Error.ShouldContain("of 'd/large'");
        var status = await StatusAsync(app);
        status.ShouldContain("proof-failed");
        status.ShouldContain("of 'd/large'");
        await NothingIsLeftAsync();

        // The next backup sends the damaged chunk anew, and because it is newer than what failed it is proven at once.
        ((long)(await BackUpAsync(app))["sentBytes"]!).ShouldBeGreaterThan(1 << 20);
        await Eventually.SeesAsync(() => StatusAsync(app), s => !s.Contains("proof-failed", StringComparison.Ordinal), "proven again", App.Soon, Ct);
    }

    private async Task<App> UpAsync(string kind)
    {
        var app = new App(platform, kind)
            .With("compose.yaml", "services:\n  web:\n    image: busybox:1\n    init: true\n    command: [sh, -c, 'mkdir -p /www && echo up > /www/index.html && exec httpd -f -p 8080 -h /www']\n    volumes: [data:/data]\nvolumes: { data: {} }\n")
            .With("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080 }\n");
        await app.UpAsync(Ct);
        return app;
    }

    private static async Task<string> SumAsync(App app) => (await app.DavitAsync("exec", Ct, "web", "--", "sh", "-c", Sum)).ShouldSucceed().Out.Trim();

    private static async Task<string> StatusAsync(App app) => (await app.DavitAsync("status", Ct)).Out;

    private static Task<int> ServesAsync(App app) => Eventually.SeesAsync(async () => (int)(await app.GetAsync("/", Ct)).Status, s => s is 200, "it serves again", App.Soon, Ct);

    private static async Task<JsonNode> BackUpAsync(App app, params string[] more) => JsonNode.Parse((await app.DavitAsync("backup create", Ct, ["data", "--json", .. more])).ShouldSucceed().Out)!;

    /// <summary>Of what opens volumes and of scratch volumes.</summary>
    private async Task NothingIsLeftAsync()
    {
        var objects = await Engine.ObjectsAsync($"davit.installation={platform.Installation}", Ct);
        objects.ShouldNotContain(o => o.Contains("-opened") || o.Contains("scratch"));
    }
}
