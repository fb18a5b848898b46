using System.Text.Json.Nodes;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>Cancel, stop and start, plans, environments beside each other.</summary>
[Collection(SecondInstallation.Name)]
public sealed class OperatingTests(Platform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cancelled_build_leaves_nothing_running_and_the_old_release_serves()
    {
        var app = new App(platform, "cancel").Saying("old");
        await app.UpAsync(Ct);
        File.Delete(Path.Combine(app.Directory, "compose.yaml"));
        var seconds = $"77{Platform.FreePort()}";
        app.With("Dockerfile", $"FROM busybox:1\nRUN sleep {seconds}\n");

        var id = (await app.DeployAsync(Ct, "--no-wait")).ShouldSucceed().Out.Trim();
        await Eventually.HoldsAsync(() => Task.FromResult(Sleeps(seconds)), "the build sleeps", App.Soon, Ct);
        (await app.DavitAsync("cancel", Ct, id)).ShouldSucceed();

        (await app.DavitAsync("wait", Ct, id)).ShouldFail();
        ((string)(await platform.Api.GetAsync($"{app.ApiPath}/deployments/{id}", Ct))["state"]!).ShouldBe("cancelled");
        await Eventually.HoldsAsync(() => Task.FromResult(!Sleeps(seconds)), "the build ends", App.Soon, Ct);
        await app.ShouldAnswerAsync("old", Ct);
        await app.SettlesAtAsync(1, Ct);
        (await app.DavitAsync("cancel", Ct, id)).ShouldFail();
    }

    [Fact]
    public async Task Lines_are_kept_also_of_an_instance_that_the_engine_starts_again_and_of_its_last_words()
    {
        var app = new App(platform, "again").Running(
            "n=$$(cat /n 2>/dev/null || echo 0); n=$$((n+1)); echo $$n > /n; echo run $$n; if [ $$n -lt 4 ]; then sleep 2; printf \"last words $$n\"; exit 3; fi; mkdir -p /www && echo here > /www/index.html && exec httpd -f -p 8080 -h /www",
            davit: "port: 8080, health: { path: /, startup: 60s }");
        app.With("davit.yaml", "davit: 1\nservices:\n  web: { kind: worker, health: none }\n");
        await app.UpAsync(Ct);

        string[] expected = ["run 1", "last words 1", "run 2", "last words 2", "run 3", "last words 3", "run 4"];
        var kept = await Eventually.SeesAsync(
            async () => (await app.DavitAsync("logs", Ct, "--tail", "50")).ShouldSucceed().Out,
            o => o.Contains("run 4", StringComparison.Ordinal), "the lines of the fourth run are kept", App.Soon, Ct);
        kept.Split('\n').Select(l => expected.FirstOrDefault(e => l.EndsWith(e, StringComparison.Ordinal))).OfType<string>().ShouldBe(expected, kept);
    }

    [Fact]
    public async Task A_stopped_environment_runs_nothing_and_starts_again()
    {
        var app = new App(platform, "stop").Saying("here");
        await app.UpAsync(Ct);

        (await app.DavitAsync("stop", Ct)).ShouldSucceed();
        (await app.InstancesAsync(Ct)).ShouldBeEmpty();
        ((string)(await app.StatusAsync(Ct))["state"]!).ShouldBe("stopped");
        ((int)(await app.GetAsync("/", Ct)).Status).ShouldBeGreaterThanOrEqualTo(400);

        (await app.DavitAsync("start", Ct)).ShouldSucceed();
        await Eventually.HoldsAsync(async () => (await app.GetAsync("/", Ct)).Body.Trim() is "here", "it answers again", App.Soon, Ct);
    }

    [Fact]
    public async Task A_plan_binds_a_deployment_until_the_world_moves()
    {
        var app = new App(platform, "plan").Saying("one");
        await app.UpAsync(Ct);
        app.Saying("two");
        var plan = (await app.DavitAsync("plan", Ct, app.Directory)).ShouldSucceed().Out;
        plan.ShouldContain("~ web");
        var hash = plan[plan.LastIndexOf("sha256:", StringComparison.Ordinal)..].Trim();

        (await app.DeployAsync(Ct, "--plan", hash)).ShouldSucceed();
        await app.ShouldAnswerAsync("two", Ct);

        app.Saying("three");
        hash = (string)(await app.JsonAsync("plan", Ct, app.Directory))["hash"]!;
        (await app.DavitAsync("scale", Ct, "web=2")).ShouldSucceed();
        var moved = await app.DeployAsync(Ct, "--plan", hash, "--json");
        moved.ShouldFail();
        ((string)JsonNode.Parse(moved.Out)!["name"]!).ShouldBe("plan-moved");
        await app.ShouldAnswerAsync("two", Ct);
    }

    [Fact]
    public async Task Two_environments_of_an_app_live_side_by_side()
    {
        var production = new App(platform, "twin").Saying("production");
        await production.UpAsync(Ct);
        var staging = new App(platform, "twin") { Name = production.Name, Env = "staging" };
        await staging.Saying("staging").UpAsync(Ct);

        await production.ShouldAnswerAsync("production", Ct);
        await staging.ShouldAnswerAsync("staging", Ct);
        (await production.InstancesAsync(Ct)).Intersect(await staging.InstancesAsync(Ct), StringComparer.Ordinal).ShouldBeEmpty();
        var which = await platform.DavitAsync(["status", "--app", production.Name], Ct);
        which.ShouldFail(2).Error.ShouldContain("staging");
    }

    [Fact]
    public async Task A_write_repeated_with_its_key_happens_once()
    {
        var app = new App(platform, "once").Saying("once");
        await app.UpAsync(Ct);
        var release = (string)(await app.StatusAsync(Ct))["release"]!;
        var key = $"key-{Platform.Unique()}{Platform.Unique()}";

        using var first = await platform.Api.PostAsync($"{app.ApiPath}/deployments", Deploys(release, ""), key, Ct);
        using var again = await platform.Api.PostAsync($"{app.ApiPath}/deployments", Deploys(release, ""), key, Ct);
        using var other = await platform.Api.PostAsync($"{app.ApiPath}/deployments", Deploys(release, "another body"), key, Ct);

        ((int)first.StatusCode).ShouldBe(202);
        again.StatusCode.ShouldBe(first.StatusCode);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await again.Content.ReadAsStringAsync(Ct)).ShouldBe(await first.Content.ReadAsStringAsync(Ct));
        ((int)other.StatusCode).ShouldBeOneOf(409, 422);
        (await app.JsonAsync("deployments", Ct))["items"]!.AsArray().Count.ShouldBe(2);
    }

    private static StringContent Deploys(string release, string reason) =>
        new(new JsonObject { ["source"] = new JsonObject { ["kind"] = "release", ["id"] = release }, ["reason"] = reason }.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    private static bool Sleeps(string seconds) => Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])).Any(d =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(d, "cmdline")).Contains(seconds, StringComparison.Ordinal) && !File.ReadAllText(Path.Combine(d, "status")).Contains("State:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });
}
