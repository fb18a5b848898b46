using System.Globalization;
using System.Text.Json.Nodes;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>Whatever else lives in the engine is left alone by collections, and what is kept can be returned to.</summary>
[Collection(FirstInstallation.Name)]
public sealed class ForeignThingsTests(Platform platform)
{
    private const int Kept = 5;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static int Cycles => int.Parse(Environment.GetEnvironmentVariable("DAVIT_E2E_COLLECTIONS") ?? "25", CultureInfo.InvariantCulture);

    /// <summary>Decides what foreign things there are.</summary>
    private static int Seed => int.Parse(Environment.GetEnvironmentVariable("DAVIT_E2E_SEED") ?? "50", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Cycle_after_cycle_of_deployments_and_collections_touches_nothing_foreign()
    {
        var app = new App(platform, "gc");
        await using var foreign = new ForeignThings(platform.Installation, Seed);
        try
        {
            for (var cycle = 1; cycle <= Cycles; cycle++)
            {
                await Built(app, cycle).UpAsync(Ct);
                await app.ShouldAnswerAsync($"v{cycle}", Ct);
                await foreign.AddAsync(await OwnImagesAsync(app), Ct);
                await CollectAsync();
                (await foreign.MissingAsync(Ct)).ShouldBeEmpty($"after collection {cycle}, seed {foreign.Seed}");
                if (cycle % 10 is 0 || cycle == Cycles)
                    await ReturnsToAllKeptAsync(app, cycle);
            }

            // Of ours, exactly what is kept is there, and what a foreign name or container holds.
            var releases = await ReleasesAsync(app);
            releases.Where(r => r["collectedAt"] is null).Select(r => (int)r["number"]!).Order().ShouldBe(Enumerable.Range(Cycles - Kept + 1, Kept));
            var held = releases.Where(r => r["collectedAt"] is null).Select(r => (string)r["images"]!["web"]!).ToHashSet(StringComparer.Ordinal);
            var images = await OwnImagesAsync(app);
            images.Where(i => !held.Contains(i.Id) && !foreign.Holds(i.Id)).ShouldBeEmpty();
            held.Except(images.Select(i => i.Id), StringComparer.Ordinal).ShouldBeEmpty();
            TestContext.Current.TestOutputHelper!.WriteLine($"{Cycles} cycles, {foreign.Count} foreign things, seed {foreign.Seed}");
        }
        finally
        {
            await foreign.RemoveAsync();
        }
    }

    /// <summary>A release of its own by an image of its own.</summary>
    private static App Built(App app, int cycle) => app
        .With("Dockerfile", $"FROM busybox:1\nRUN mkdir -p /www && echo v{cycle} > /www/index.html\nEXPOSE 8080\nCMD [\"httpd\", \"-f\", \"-p\", \"8080\", \"-h\", \"/www\"]\n")
        .With("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080, build: ., init: true, health: { path: /, startup: 10s } }\n");

    /// <summary>What was promised is what goes.</summary>
    private async Task CollectAsync()
    {
        var promised = Going(JsonNode.Parse((await platform.DavitAsync(["gc", "--json"], Ct)).ShouldSucceed().Out)!);
        var gone = Going(JsonNode.Parse((await platform.DavitAsync(["gc", "--apply", "--json"], Ct)).ShouldSucceed().Out)!["value"]!);
        promised.Except(gone, StringComparer.Ordinal).ShouldBeEmpty();
        Going(JsonNode.Parse((await platform.DavitAsync(["gc", "--json"], Ct)).ShouldSucceed().Out)!).ShouldBeEmpty("everything that was to go has gone");
    }

    private static string[] Going(JsonNode view) => [.. view["going"]!.AsArray().Select(g => $"{g!["kind"]} {g["name"]}")];

    private static async Task ReturnsToAllKeptAsync(App app, int newest)
    {
        for (var release = newest; release > Math.Max(0, newest - Kept); release--)
        {
            (await app.DavitAsync("deploy", Ct, "--release", release.ToString(CultureInfo.InvariantCulture))).ShouldSucceed();
            await app.ShouldAnswerAsync($"v{release}", Ct);
        }

        (await app.DavitAsync("deploy", Ct, "--release", newest.ToString(CultureInfo.InvariantCulture))).ShouldSucceed();
    }

    private static async Task<JsonObject[]> ReleasesAsync(App app)
    {
        var all = await app.JsonAsync("releases", Ct);
        return [.. all["items"]!.AsArray().Select(r => r!.AsObject())];
    }

    private async Task<OwnImage[]> OwnImagesAsync(App app)
    {
        var id = (string)(await platform.Api.GetAsync($"v1/orgs/default/projects/default/apps/{app.Name}", Ct))["id"]!;
        var lines = await Engine.RunAsync(Ct, "images", "--no-trunc", "--filter", $"label=davit.app={id}", "--format", "{{.ID}} {{.Repository}}:{{.Tag}}");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')).Where(l => l[1].StartsWith("davit/", StringComparison.Ordinal)).Select(l => new OwnImage(l[0], l[1]))];
    }
}
