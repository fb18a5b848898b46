using System.Text.Json.Nodes;
using Davit.EndToEnd.Tests.Support;
using Davit.Testing;

namespace Davit.EndToEnd.Tests;

/// <summary>Backups in a bucket, with a real engine and an emulator of S3: there and back, and with the bucket away in the middle.</summary>
public sealed class SimulatedS3BackupTests : IAsyncLifetime
{
    private const string Sum = "cd /data && find . | sort | while read f; do stat -c '%n %a %u %g %F' $f; [ -f $f ] && sha256sum $f; done; true";

    private readonly string _home = Directory.CreateTempSubdirectory("davit-s3-").FullName;
    private S3Server? _s3;
    private Platform? _platform;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Settings => Path.Combine(_home, "s3");

    public async ValueTask InitializeAsync()
    {
        try
        {
            _s3 = await S3Server.StartAsync(Ct);
        }
        catch (S3ServerMissingException e)
        {
            Assert.Skip(e.Message);
        }

        await _s3.WriteSettingsAsync(Settings, Ct);
        _platform = new Platform { Bucket = ($"s3://{S3Server.Bucket}/of/davit", Settings) };
        await _platform.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_platform is not null)
            await _platform.DisposeAsync();
        if (_s3 is not null)
            await _s3.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    [Fact]
    public async Task What_went_to_a_bucket_comes_back_and_a_bucket_that_goes_away_leaves_nothing_half_done()
    {
        var app = new App(_platform!, "s3")
            .With("compose.yaml", "services:\n  web:\n    image: busybox:1\n    init: true\n    command: [sh, -c, 'mkdir -p /www && exec httpd -f -p 8080 -h /www']\n    volumes: [data:/data]\nvolumes: { data: {} }\n")
            .With("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080, health: { path: /, expect: [404] } }\n");
        await app.UpAsync(Ct);
        await ExecAsync(app, "mkdir /data/d && dd if=/dev/urandom of=/data/d/large bs=1M count=9 2>/dev/null && echo kept > /data/orders && ln -s orders /data/link && chown 70:71 /data/orders && chmod 600 /data/orders");
        var before = await ExecAsync(app, Sum);

        var backup = await BackUpAsync(app);
        ((long)backup["sentBytes"]!).ShouldBeGreaterThan(9 << 20);
        (await app.DavitAsync("backup verify", Ct, Id(backup))).ShouldSucceed();
        (await app.DavitAsync("backup prove", Ct, "data")).ShouldSucceed();
        ((long)(await BackUpAsync(app))["sentBytes"]!).ShouldBe(0, "nothing has changed");
        (await app.DavitAsync("backup restore", Ct, Id(backup), "--as", "copy")).ShouldSucceed();
        var copy = (await Engine.RunAsync(Ct, "volume", "ls", "--filter", $"name={app.Name}-production-copy", "--format", "{{.Name}}")).Trim();
        (await Engine.RunAsync(Ct, "run", "--rm", "--volume", $"{copy}:/data", "busybox:1", "sh", "-c", Sum)).Trim().ShouldBe(before);
        (await app.DavitAsync("volume delete", Ct, "copy", "--yes", "copy")).ShouldSucceed();

        // Away in the middle of a backup, and of a restore over data that is to be lost.
        await ExecAsync(app, "dd if=/dev/urandom of=/data/larger bs=1M count=120 2>/dev/null");
        var there = _s3!.Count;
        var running = (await app.DavitAsync("backup create", Ct, "data", "--no-wait")).ShouldSucceed().Out.Trim();
        await Eventually.HoldsAsync(() => Task.FromResult(_s3.Count > there + 1), "some of it was sent", App.Soon, Ct);
        await _s3.StopAsync();
        var failed = await Eventually.SeesAsync(() => _platform!.Api.GetAsync($"{app.ApiPath}/backups/{running}", Ct), b => (string)b["state"]! is "failed" or "done", "the backup has ended", App.Soon, Ct);
        ((string)failed["state"]!, (string)failed["problem"]!["code"]!).ShouldBe(("failed", "DV6004"));
        (await app.DavitAsync("status", Ct)).Out.ShouldContain("backup-failed");
        (await app.DavitAsync("doctor", Ct)).Out.ShouldContain("cannot be reached");
        var now = await ExecAsync(app, Sum);
        (await app.DavitAsync("backup restore", Ct, Id(backup), "--in-place", "--yes", "data")).ShouldFail(75).Error.ShouldContain("DV6004");
        await RunsAgainAsync(app);
        (await ExecAsync(app, Sum)).ShouldBe(now);
        await NothingIsLeftAsync();

        await _s3.StartAgainAsync(Ct);
        var later = await BackUpAsync(app);
        ((long)later["sentBytes"]!).ShouldBeInRange(1, 119L << 20, "what was sent before is not sent again");
        foreach (var whole in (JsonNode[])[backup, later])
            (await app.DavitAsync("backup verify", Ct, Id(whole))).ShouldSucceed();
        (await app.DavitAsync("backup restore", Ct, Id(backup), "--in-place", "--yes", "data")).ShouldSucceed();
        await RunsAgainAsync(app);
        (await ExecAsync(app, Sum)).ShouldBe(before);
        (await app.DavitAsync("doctor", Ct)).Out.ShouldContain("was written, read and cleaned");
        await NothingIsLeftAsync();
        _platform!.Output.ShouldNotContain(l => l.Contains(S3Server.SecretKey, StringComparison.Ordinal), "a key was logged");
    }

    private static string Id(JsonNode backup) => (string)backup["id"]!;

    private static async Task<JsonNode> BackUpAsync(App app) => JsonNode.Parse((await app.DavitAsync("backup create", Ct, "data", "--json")).ShouldSucceed().Out)!;

    private static Task RunsAgainAsync(App app) =>
        Eventually.HoldsAsync(async () => (await app.DavitAsync("exec", Ct, "web", "--", "true")).Exit is 0, "the service runs again", App.Soon, Ct);

    private static async Task<string> ExecAsync(App app, string script) => (await app.DavitAsync("exec", Ct, "web", "--", "sh", "-c", script)).ShouldSucceed().Out.Trim();

    private async Task NothingIsLeftAsync() =>
        (await Engine.ObjectsAsync($"davit.installation={_platform!.Installation}", Ct)).ShouldNotContain(o => o.Contains("-opened") || o.Contains("scratch") || o.Contains("copy"));
}
