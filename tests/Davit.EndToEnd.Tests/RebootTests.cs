using System.Diagnostics;
using System.Globalization;
using System.Net;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>The power fails. Engine and edge alone serve again, each request by the service it was meant for; davitd finds everything as it should be.</summary>
public sealed class RebootTests : IAsyncLifetime
{
    private static readonly string[] Services = ["ash", "birch", "cedar", "elm", "fir", "oak"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private OtherMachine? _machine;
    private Platform? _platform;
    private Process? _edge;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _machine = await OtherMachine.StartOrSkipAsync(Ct);
        _platform = new Platform { Machine = _machine };
        await _platform.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_platform is not null)
            await _platform.DisposeAsync();
        _edge?.Dispose();
        if (_machine is not null)
            await _machine.DisposeAsync();
    }

    [Fact]
    public async Task Everything_serves_again_without_davitd_which_then_has_nothing_to_replace()
    {
        var app = Forest();
        await app.UpAsync(Ct);
        foreach (var service in Services.Append("site"))
            (await app.GetAsync($"/{service}/", Ct)).Body.Trim().ShouldBe(service);
        (await app.GetAsync("/keeper/", Ct)).Body.Trim().ShouldBe("kept");
        var before = await InstancesAsync(app);
        var edge = await EdgeCommandAsync();

        for (var reboot = 0; reboot < 3; reboot++)
        {
            await _machine!.CutPowerAsync(Ct);
            ForgetMemory();
            await Eventually.HoldsAsync(() => Task.FromResult(_platform!.HasEnded), "davitd is dead with the machine", Patience, Ct);

            await _machine.BootAsync(Ct);
            _edge?.Dispose();
            _edge = Process.Start(new ProcessStartInfo(edge[0], edge[1..]) { UseShellExecute = false });
            foreach (var service in Services.Append("site"))
                await AnswersAloneAsync(app, service);

            var began = Stopwatch.GetTimestamp();
            await _platform!.StartAsync(Ct);
            await Eventually.SeesAsync(() => _platform.Api.GetAsync($"{app.ApiPath}/status", Ct), s => (string)s["state"]! is "ready", "davitd finds everything as it should be", Patience, Ct);
            await AnswersAloneAsync(app, "keeper", "kept");
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"reboot {reboot + 1}: settled {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s after the start of davitd"));
            (await InstancesAsync(app)).ShouldBe(before);
        }
    }

    /// <summary>Six services whose addresses would be mixed up, a static tree, and one whose secret lies in memory only.</summary>
    private App Forest()
    {
        var app = new App(_platform!, "forest").With("site/index.html", "site\n").With("key.txt", "kept\n");
        app.With("compose.yaml", $$"""
            services:
            {{string.Concat(Services.Select(s => Server(s, $"echo {s} > /www/index.html")))}}
            {{Server("keeper", "cp /run/secrets/key /www/index.html").TrimEnd()}}
                secrets: [key]
            secrets: { key: { file: ./key.txt } }
            """);
        return app.With("davit.yaml", $$"""
            davit: 1
            services:
              site: { kind: static, directory: site }
            {{string.Concat(Services.Append("keeper").Select(s => $"  {s}: {{ kind: web, port: 8080, health: {{ path: /, startup: 20s }} }}\n"))}}
            routes:
            {{string.Concat(Services.Append("keeper").Append("site").Select(s => $"  - {{ path: /{s}, strip: true, service: {s} }}\n"))}}
            """);
    }

    private static string Server(string name, string prepares) => $"""
          {name}:
            image: busybox:1
            init: true
            command: [sh, -c, 'mkdir -p /www && {prepares} && exec httpd -f -p 8080 -h /www']

        """;

    /// <summary>Until it is up again the edge may say so, but never let another one answer.</summary>
    private static Task AnswersAloneAsync(App app, string service, string? word = null) => Eventually.HoldsAsync(async () =>
    {
        try
        {
            var (status, body) = await app.GetAsync($"/{service}/", Ct);
            if (status is HttpStatusCode.OK)
                body.Trim().ShouldBe(word ?? service, "the edge reached another service");
            return status is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }, $"{service} answers", Patience, Ct);

    private void ForgetMemory()
    {
        string[] places = [$"/run/davit/{_platform!.Installation}", $"/dev/shm/davit/{_platform.Installation}"];
        Directory.Delete(places.First(Directory.Exists), recursive: true);
    }

    private async Task<string[]> InstancesAsync(App app)
    {
        var label = await app.LabelAsync(Ct);
        var listed = (await _machine!.DockerAsync(Ct, "ps", "--no-trunc", "--filter", $"label={label}", "--format", "{{.ID}} {{.Names}}")).ShouldSucceed();
        return [.. listed.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    /// <summary>As whatever starts services at boot would start it.</summary>
    private async Task<string[]> EdgeCommandAsync()
    {
        var pid = (await File.ReadAllTextAsync(Path.Combine(_platform!.Data, "edge", "davit-edge.pid"), Ct)).Trim();
        var words = (await File.ReadAllTextAsync($"/proc/{pid}/cmdline", Ct)).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var (program, arguments) = _machine!.Run(words[0], words[1..]);
        return [program, .. arguments];
    }
}
