using System.Text.Json.Nodes;
using Davit.ControlPlane.Content;
using Davit.ControlPlane.Garbage;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Model;
using Davit.Planning.Garbage;
using Davit.Store;
using Davit.Store.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Davit.ControlPlane.Tests.Garbage;

/// <summary>What is collected, what is kept, and that both are told.</summary>
public sealed class CollectionTests(OneServer server) : IClassFixture<OneServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Installed Installed => server.Installed;

    private Collector Collector => Installed.App.Services.GetRequiredService<Collector>();

    [Fact]
    public async Task Of_eight_releases_five_stay_and_each_can_be_returned_to()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var made = await GrowAsync(shop, 8);
        var promised = Of(await PlanAsync(shop), made);
        promised.Length.ShouldBe(6, "three releases with an image each; the sources wait a day");

        var (gone, receipt) = await CollectAsync(shop);
        Of(gone, made).ShouldBe(promised, "what a rehearsal prints is what the run does");
        ((string)receipt["kind"]!, (string)receipt["status"]!).ShouldBe(("garbage-collection", "done"));

        var releases = (await shop.Http.GetAsync($"{shop.App}/releases", Ct)).Json["items"]!.AsArray();
        releases.Where(r => r!["collectedAt"] is not null).Select(r => (int)r!["number"]!).Order().ShouldBe([1, 2, 3]);
        (await shop.Http.PostAsync($"{shop.Env}/deployments", """{"source":{"kind":"deployment","id":"1"}}""", Ct)).ShouldBeProblem(410, "DV2228");
        (await shop.Http.PostAsync($"{shop.Env}/deployments", """{"source":{"kind":"release","id":"2"}}""", Ct)).ShouldBeProblem(410, "DV2228");
        (await shop.Http.PostAsync($"{shop.Env}/plans", """{"source":{"kind":"deployment","id":"1"}}""", Ct)).ShouldBeProblem(410, "DV2228");
        for (var number = 4; number <= 8; number++)
            await shop.LiveAsync(await shop.DeployAsync($$"""{"kind":"deployment","id":"{{number}}"}"""));
        (await shop.Http.GetAsync("/v1/orgs/default/events?type=garbage.removed&limit=200", Ct)).ShouldBe(200);
    }

    [Fact]
    public async Task A_pinned_release_stays_until_it_is_unpinned()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var made = await GrowAsync(shop, 7);
        var pinned = (await shop.Http.PutAsync($"{shop.App}/releases/1/pin", """{"reason":"the old schema"}""", Ct)).ShouldBe(200);
        ((string)pinned.Value["pinnedBy"]!, (string)pinned.Value["pinReason"]!).ShouldBe(("owner", "the old schema"));
        await CollectAsync(shop);
        (await shop.Http.GetAsync($"{shop.App}/releases/1", Ct)).Json["collectedAt"].ShouldBeNull();
        await shop.LiveAsync(await shop.DeployAsync("""{"kind":"deployment","id":"1"}"""));
        await shop.LiveAsync(await shop.DeployAsync("""{"kind":"deployment","id":"7"}"""));

        (await shop.Http.DeleteAsync($"{shop.App}/releases/1/pin", Ct)).ShouldBe(200);
        (await shop.Http.PutAsync($"{shop.App}/releases/2/pin", "{}", Ct)).ShouldBeProblem(410, "DV2228");
        Of((await PlanAsync(shop)).Going, made).ShouldNotContain(m => m.Contains("release 1", StringComparison.Ordinal), "it served again a moment ago");
    }

    [Fact]
    public async Task An_environment_says_in_its_manifest_how_many_it_keeps()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var made = await GrowAsync(shop, 4, "retention: { releases: 2 }\n");
        Of((await PlanAsync(shop)).Going, made).Count(m => m.StartsWith("release", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_release_that_was_let_go_is_whole_again_when_its_source_is_deployed_again()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        await GrowSitesAsync(shop, 7);
        await CollectAsync(shop);
        (await shop.Http.GetAsync($"{shop.App}/releases/1", Ct)).Json["collectedAt"].ShouldNotBeNull();

        await shop.LiveAsync(await shop.DeployFilesAsync(Site(1)));
        var first = (await shop.Http.GetAsync($"{shop.App}/releases/1", Ct)).Json;
        first["collectedAt"].ShouldBeNull();
        first["serves"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_deployment_comes_to_need_while_a_collection_runs_stays()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var deployment = await shop.DeployAsync(Shop.Image(Slow()));
        var content = Installed.App.Services.GetRequiredService<ContentStore>();
        var (needed, unneeded) = (OldTree(content), OldTree(content));
        var cause = new Cause(await Installed.OrgAsync(Ct), "tester", "req-0000001", "x");

        // A maker has said what it needs but has not committed it yet, when the collection makes its plan.
        var planned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var maker = Installed.Database.WriteAsync(cause, async w =>
        {
            await ArtefactHolds.TakeAsync(w, Id.Parse<DeploymentId>(deployment), new Held(ThingKind.Tree, needed), Ct);
            await planned.Task;
        }, Ct);
        (await Collector.PlanAsync(Ct)).Going.Select(g => g.Name).ShouldContain(needed);
        var collection = Collector.RunAsync(cause, Ct);
        await Eventually.SeesAsync(WaitersAsync, n => n > 0, "the collection waits for the maker's lock", Ct);
        planned.SetResult();
        await maker;

        var (done, _) = await collection;
        done.Left.ShouldContain(l => l.Name == needed && l.Why == "something came to need it meanwhile");
        Directory.Exists(Path.Combine(content.Trees, needed)).ShouldBeTrue();
        Directory.Exists(Path.Combine(content.Trees, unneeded)).ShouldBeFalse();
        (await shop.Http.PostAsync($"{shop.Env}/deployments/{deployment}/cancel", "{}", Ct)).Status.ShouldBeInRange(200, 299);
    }

    [Fact]
    public async Task Deployments_and_collections_that_run_at_once_do_not_get_in_each_others_way()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var content = Installed.App.Services.GetRequiredService<ContentStore>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var collecting = CollectAgainAndAgainAsync(content, stop.Token);

        // Two contents in turn: each is garbage for a moment, again and again, and is needed in the next.
        for (var turn = 0; turn < 12; turn++)
        {
            var end = await shop.LiveAsync(await shop.DeployFilesAsync(Site(turn % 2, "retention: { releases: 1 }\n")));
            var release = (await shop.Http.GetAsync($"{shop.App}/releases/{(string)end["release"]!}", Ct)).Json;
            release["collectedAt"].ShouldBeNull();
            Trees(content).Length.ShouldBeGreaterThan(0);
        }

        await stop.CancelAsync();
        (await collecting).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Only_one_collection_runs_at_a_time()
    {
        await using var other = await Installed.Database.Source.OpenConnectionAsync(Ct);
        await using var take = new Npgsql.NpgsqlCommand("select pg_advisory_lock($1)", other) { Parameters = { new() { Value = 0x44_56_47_43L } } };
        await take.ExecuteNonQueryAsync(Ct);
        using var api = Installed.Api();
        (await api.PostAsync("/v1/garbage/collections", "{}", Ct)).ShouldBeProblem(409, "DV4204");
    }

    private async Task<int> CollectAgainAndAgainAsync(ContentStore content, CancellationToken ct)
    {
        var (runs, cause) = (0, new Cause(await Installed.OrgAsync(Ct), "tester", "req-0000001", "x"));
        while (!ct.IsCancellationRequested)
        {
            // As if everything had lain there for long.
            foreach (var tree in Trees(content))
                Directory.SetLastWriteTimeUtc(tree, DateTime.UnixEpoch);
            try
            {
                await Collector.RunAsync(cause, Ct);
                runs++;
            }
            catch (ProblemException e) when (e.Problem.Code is "DV4204")
            {
                // A test beside this one collects.
            }
        }

        return runs;
    }

    private static string[] Trees(ContentStore content) => Directory.Exists(content.Trees) ? [.. Directory.EnumerateDirectories(content.Trees).Where(d => Path.GetFileName(d).Length is 64)] : [];

    private Task<long> WaitersAsync() => Installed.Database.ReadAsync(async db =>
    {
        await using var ask = new Npgsql.NpgsqlCommand("select count(*) from pg_locks where locktype = 'advisory' and not granted", db);
        return (long)(await ask.ExecuteScalarAsync(Ct))!;
    }, Ct);

    private static string OldTree(ContentStore content)
    {
        var name = CanonicalJson.HashOf(System.Text.Encoding.UTF8.GetBytes(Unique.Digits()))["sha256:".Length..];
        var path = Directory.CreateDirectory(Path.Combine(content.Trees, name));
        File.WriteAllText(Path.Combine(path.FullName, "index.html"), "x");
        path.LastWriteTimeUtc = DateTime.UnixEpoch;
        return name;
    }

    private string Slow()
    {
        var reference = $"slow-{Unique.Digits()}:1";
        Installed.World.Add(new MemoryImage(reference) { ComesAfter = TimeSpan.FromMinutes(1) });
        return reference;
    }

    private static async Task<string[]> GrowAsync(Shop shop, int count, string davit = "")
    {
        for (var n = 1; n <= count; n++)
            await shop.LiveAsync(await shop.DeployFilesAsync(
                ("compose.yaml", $"services:\n  web:\n    build: .\n    environment: {{ N: \"{n}\" }}\n"), ("Dockerfile", $"FROM scratch\nLABEL n={n}\n"),
                ("davit.yaml", $"davit: 1\n{davit}services:\n  web: {{ kind: web, port: 8080 }}\n")));
        var tail = Id.Tail((await shop.RowAsync()).AppId);
        return [$"davit/{tail}/", $"{shop.App[(shop.App.LastIndexOf('/') + 1)..]} release"];
    }

    private static async Task GrowSitesAsync(Shop shop, int count)
    {
        for (var n = 1; n <= count; n++)
            await shop.LiveAsync(await shop.DeployFilesAsync(Site(n)));
    }

    private static (string, string)[] Site(int n, string davit = "") =>
        [("site/index.html", $"<p>{n}</p>"), ("davit.yaml", $"davit: 1\n{davit}services:\n  web: {{ kind: static, directory: site }}\nroutes:\n  - {{ service: web }}\n")];

    /// <summary>Of the images and releases that go, those of one app, because other tests share the server.</summary>
    private static string[] Of(IEnumerable<ThingAtRest> going, string[] marks) => [.. going.Where(g => marks.Any(m => g.Name.StartsWith(m, StringComparison.Ordinal) || g.Why.StartsWith(m, StringComparison.Ordinal))).Select(g => $"{g.Kind} {g.Name} {g.Why}").Order(StringComparer.Ordinal)];

    private static string[] Of(Answered plan, string[] marks) => Of(plan.Going, marks);

    private static async Task<Answered> PlanAsync(Shop shop) => Answered.Of((await shop.Http.GetAsync("/v1/garbage", Ct)).ShouldBe(200).Json);

    private static async Task<(IReadOnlyList<ThingAtRest> Gone, JsonNode Receipt)> CollectAsync(Shop shop)
    {
        var answer = await Eventually.SeesAsync(() => shop.Http.PostAsync("/v1/garbage/collections", "{}", Ct), a => a.Status is 200, "a turn to collect", Ct);
        return (Answered.Of(answer.Value).Going, answer.Json["receipt"]!);
    }

    private sealed record ThingAtRest(string Kind, string Name, string Why);

    private sealed record Answered(IReadOnlyList<ThingAtRest> Going)
    {
        public static Answered Of(JsonNode view) => new([.. view["going"]!.AsArray().Select(g => new ThingAtRest((string)g!["kind"]!, (string)g["name"]!, (string)g["why"]!))]);
    }
}
