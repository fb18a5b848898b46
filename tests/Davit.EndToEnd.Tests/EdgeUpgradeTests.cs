using System.Globalization;
using Davit.EndToEnd.Tests.Support;
using Davit.EndToEnd.Tests.Traffic;

namespace Davit.EndToEnd.Tests;

/// <summary>The edge is replaced and dies under davitd's eyes, in an installation of its own.</summary>
public sealed class EdgeUpgradeTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly Platform _platform = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string PidFile => Path.Combine(_platform.Data, "edge", "davit-edge.pid");

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task An_upgrade_and_a_deployment_after_it_fail_nobody_and_davitd_watches_the_successor()
    {
        var app = new App(_platform, "edgeup").Saying("v0");
        await app.UpAsync(Ct);
        await using var load = new Load(app, new LoadShape { KeepAlive = 0, Fresh = 8, Sockets = 0, Streams = 0, Path = "/" });
        await load.FlowsAsync(Ct);
        var first = await PidAsync();

        (await _platform.DavitAsync(["edge", "upgrade"], Ct)).ShouldSucceed().Error.ShouldContain("handed over");
        var second = await PidAsync();
        second.ShouldNotBe(first);
        app.Saying("v1");
        (await app.DeployAsync(Ct)).ShouldSucceed();

        await load.StopAsync();
        load.Tally.Failed.ShouldBe(0, load.Tally.ToString());
        await app.ShouldAnswerAsync("v1", Ct);
        (await PidAsync()).ShouldBe(second);
        var receipts = (await _platform.Api.GetAsync("v1/orgs/default/receipts?limit=200", Ct))["items"]!.AsArray();
        receipts.Select(r => (string)r!["kind"]!).ShouldContain("edge-upgrade");

        // A davitd that starts later finds the successor and starts no rival; when it dies it is brought back.
        await _platform.KillAsync(Ct);
        await _platform.StartAsync(Ct);
        (await _platform.DavitAsync(["edge", "status"], Ct)).ShouldSucceed().Out.ShouldContain($"process {second}");
        await new Program("kill", ["-KILL", second.ToString(CultureInfo.InvariantCulture)]).RunAsync(Ct);
        await Eventually.HoldsAsync(async () => await PidAsync() != second, "the edge is started again", Soon, Ct);
        await Eventually.HoldsAsync(async () => await AnswersAsync(app, "v1"), "the table is back from the disk", Soon, Ct);
    }

    /// <summary>Nobody listens until the edge is back; whatever it says first must be right.</summary>
    private static async Task<bool> AnswersAsync(App app, string body)
    {
        try
        {
            await app.ShouldAnswerAsync(body, Ct);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<int> PidAsync() => int.Parse(await File.ReadAllTextAsync(PidFile, Ct), CultureInfo.InvariantCulture);
}
