using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Edge.Control;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>The deployment engine on instances in memory and a simulated edge.</summary>
public sealed class DeploymentTests(OneServer server) : IClassFixture<OneServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Installed Installed => server.Installed;

    [Fact]
    public async Task The_first_deployment_goes_through_its_phases_and_ends_live_with_a_receipt()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var id = await shop.DeployAsync(Shop.Image(Image()));
        var end = await shop.LiveAsync(id);

        end["phases"]!.AsArray().ShouldAllBe(p => (string)p!["status"]! == "done" || (string)p["status"]! == "skipped");
        Phases(end, "done").ShouldBe(["queued", "sourcing", "building", "publishing", "preparing", "starting", "switching", "verifying"]);
        end["phases"]!.AsArray().Where(p => (string)p!["status"]! is "skipped").ShouldAllBe(p => (string)p!["detail"]! != "");
        end["urls"]!.AsArray().Count.ShouldBe(1);

        var status = await shop.ReadyAsync(1);
        ((int)status["releaseNumber"]!, (string)status["deployment"]!).ShouldBe((1, id));
        Installed.Edge.Routed((await shop.RowAsync()).Id.ToString()).ShouldBe(await shop.InstancesAsync());
        (await shop.ReceiptKindsAsync(id)).ShouldBe(["deployment", "deployment-create"]);
        Installed.Edge.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_image_that_does_not_exist_fails_and_what_serves_goes_on()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var first = await shop.DeployAsync(Shop.Image(Image()));
        await shop.LiveAsync(first);
        var before = await shop.InstancesAsync();
        var second = await shop.DeployAsync(Shop.Image("nowhere:1"));
        var end = await shop.EndAsync(second);

        ((string)end["state"]!, ((string)end["problem"]!["code"]!)[..3]).ShouldBe(("failed", "DV3"));
        ((string)(await shop.ReadyAsync(1))["deployment"]!).ShouldBe(first);
        (await shop.InstancesAsync()).ShouldBe(before);
        (await shop.ReceiptKindsAsync(second)).Count(k => k is "deployment").ShouldBe(1);
    }

    [Fact]
    public async Task A_crash_is_told_with_its_last_output_and_cleared_away()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var image = Image(i => i with { ExitsAfter = TimeSpan.FromMilliseconds(20), ExitCode = 3, Output = [(Drivers.OutputChannel.Stderr, "DATABASE_URL must be set")] });
        var end = await shop.EndAsync(await shop.DeployAsync(Shop.Image(image)));

        ((string)end["state"]!).ShouldBe("failed");
        ((string)end["problem"]!["detail"]!).ShouldContain("DATABASE_URL");
        await Eventually.SeesAsync(shop.InstancesAsync, i => i.Length is 0, "nothing left of the failed release", Ct);
    }

    [Fact]
    public async Task An_instance_that_never_gets_ready_fails_after_its_startup_time_and_the_old_one_serves()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var first = await shop.DeployAsync(Shop.Image(Image()));
        await shop.LiveAsync(first);
        var sick = Image(i => i with { HealthyAfter = null });
        var second = await shop.DeployFilesAsync(
            ("compose.yaml", $"services:\n  web:\n    image: {sick}\n"),
            ("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080, health: { command: [check], startup: 1s, timeout: 1s } }\n"));

        var end = await shop.EndAsync(second);
        ((string)end["state"]!).ShouldBe("failed", end.ToJsonString());
        ((string)(await shop.ReadyAsync(1))["deployment"]!).ShouldBe(first);
    }

    [Fact]
    public async Task What_the_edge_refuses_fails_with_the_answer_of_its_probe()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image(Image())));
        var before = await shop.InstancesAsync();
        var sick = Image(i => i with { Address = "10.99.0.7" });
        Installed.Edge.Refuses = t => t.Address is "10.99.0.7" ? new ProbeAttempt(DateTimeOffset.UnixEpoch, ProbeResult.WrongStatus, 503, TimeSpan.Zero, "", "no database yet") : null;
        var end = await shop.EndAsync(await shop.DeployFilesAsync(
            ("compose.yaml", $"services:\n  web:\n    image: {sick}\n"),
            ("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080, health: { path: /, startup: 1s, timeout: 1s } }\nroutes:\n  - { service: web }\n")));

        ((string)end["state"]!).ShouldBe("failed", end.ToJsonString());
        ((string)end["problem"]!["detail"]!).ShouldContain("503");
        ((string)end["problem"]!["detail"]!).ShouldContain("no database yet");
        await Eventually.SeesAsync(shop.InstancesAsync, i => i.SequenceEqual(before, StringComparer.Ordinal), "only the old instance", Ct);
        Installed.Edge.Routed((await shop.RowAsync()).Id.ToString()).ShouldBe(before);
    }

    [Fact]
    public async Task A_cancelled_start_ends_cancelled_and_leaves_nothing()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var slow = Image(i => i with { HealthyAfter = TimeSpan.FromMinutes(1) });
        var id = await shop.DeployFilesAsync(
            ("compose.yaml", $"services:\n  web:\n    image: {slow}\n    healthcheck: {{ test: [CMD, check] }}\n"), ("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080 }\n"));
        await Eventually.SeesAsync(shop.InstancesAsync, i => i.Length is 1, "an instance that starts", Ct);
        (await shop.Http.PostAsync($"{shop.Env}/deployments/{id}/cancel", "", Ct)).ShouldBe(200);

        ((string)(await shop.EndAsync(id))["state"]!).ShouldBe("cancelled");
        await Eventually.SeesAsync(shop.InstancesAsync, i => i.Length is 0, "nothing left", Ct);
        (await shop.Http.PostAsync($"{shop.Env}/deployments/{id}/cancel", "", Ct)).Status.ShouldBe(409);
        (await shop.ReceiptKindsAsync(id)).Count(k => k is "deployment").ShouldBe(1);
    }

    [Fact]
    public async Task Two_deployments_take_their_turns_in_order()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var (first, second) = (await shop.DeployAsync(Shop.Image(Image())), await shop.DeployAsync(Shop.Image(Image())));
        var end = await shop.LiveAsync(second);

        ((string)(await shop.GetAsync(first))["state"]!).ShouldBe("replaced");
        ((int)end["number"]!, (int)end["releaseNumber"]!).ShouldBe((2, 2));
        await shop.ReadyAsync(1);
    }

    [Fact]
    public async Task A_rollback_brings_the_former_release_back_with_the_same_specs()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image(Image())));
        var release = (string)(await shop.ReadyAsync(1))["release"]!;
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image(Image())));
        var back = await shop.LiveAsync(await shop.DeployAsync("""{"kind":"deployment"}"""));

        ((string)back["kind"]!, (string)back["release"]!).ShouldBe(("rollback", release));
        ((string)(await shop.ReadyAsync(1))["release"]!).ShouldBe(release);
    }

    [Fact]
    public async Task A_restart_replaces_every_instance_and_keeps_the_release()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image(Image())));
        var (status, before) = (await shop.ReadyAsync(1), await shop.InstancesAsync());
        await shop.LiveAsync(await shop.DeployAsync("""{"kind":"serving"}"""));

        ((string)(await shop.ReadyAsync(1))["release"]!).ShouldBe((string)status["release"]!);
        (await shop.InstancesAsync()).ShouldNotBe(before);
    }

    [Fact]
    public async Task Scaling_stopping_and_starting_are_carried_out()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image(Image())));
        (await shop.Http.PutAsync($"{shop.Env}/scale", """{"services":{"web":3}}""", Ct)).ShouldBe(200);
        await shop.ReadyAsync(3);
        Installed.Edge.Routed((await shop.RowAsync()).Id.ToString()).Length.ShouldBe(3);
        (await shop.Http.PutAsync($"{shop.Env}/scale", """{"services":{"web":1}}""", Ct)).ShouldBe(200);
        await shop.ReadyAsync(1);
        (await shop.Http.PutAsync($"{shop.Env}/scale", """{"services":{"web":101}}""", Ct)).Status.ShouldBe(422);
        (await shop.Http.PutAsync($"{shop.Env}/scale", """{"services":{"nope":1}}""", Ct)).Status.ShouldBe(422);

        (await shop.Http.PutAsync($"{shop.Env}/stopped", """{"stopped":true}""", Ct)).ShouldBe(200);
        await Eventually.SeesAsync(shop.InstancesAsync, i => i.Length is 0, "stopped", Ct);
        (await shop.Http.PutAsync($"{shop.Env}/stopped", """{"stopped":false}""", Ct)).ShouldBe(200);
        await shop.ReadyAsync(1);
    }

    [Fact]
    public async Task Deleting_an_environment_leaves_nothing_of_it_in_the_world()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image(Image())));
        var env = await shop.RowAsync();
        (await shop.Http.DeleteAsync($"{shop.Env}?expectedVersion={env.Version}&confirm=production", Ct)).ShouldBe(202);

        await Eventually.SeesAsync(async () => (await shop.Http.GetAsync(shop.Env, Ct)).Status, s => s is 404, "the environment is gone", Ct);
        var left = await Installed.Driver.ObserveAsync(new(Installed.Installation.Id) { Env = env.Id }, Ct);
        (left.Instances.Length, left.Networks.Length, left.Volumes.Length).ShouldBe((0, 0, 0));
        Installed.Edge.Routed(env.Id.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Old_instances_stay_until_their_requests_are_done()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image(Image())));
        var old = (await shop.InstancesAsync()).Single();
        Installed.Edge.HoldsDrains = true;
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image(Image())));
        (await shop.InstancesAsync()).ShouldContain(old);

        Installed.Edge.HoldsDrains = false;
        await Eventually.SeesAsync(shop.InstancesAsync, i => !i.Contains(old, StringComparer.Ordinal), "the old instance is gone", Ct);
    }

    [Fact]
    public async Task A_plan_is_accepted_while_it_holds_and_refused_when_the_world_moved()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var source = Shop.Image(Image());
        var hash = (string)(await shop.Http.PostAsync($"{shop.Env}/plans", $$"""{"source":{{source}}}""", Ct)).ShouldBe(200).Json["hash"]!;
        await shop.LiveAsync(await shop.DeployAsync(source, $$""","plan":"{{hash}}" """));

        var moved = await shop.Http.PostAsync($"{shop.Env}/deployments", $$"""{"source":{{source}},"plan":"{{hash}}"}""", Ct);
        moved.Status.ShouldBe(409);
        ((string)moved.Json["name"]!).ShouldBe("plan-moved");
    }

    [Fact]
    public async Task Going_back_restarting_and_deploying_a_release_are_planned_as_they_are_done()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image(Image())));
        var first = (string)(await shop.ReadyAsync(1))["release"]!;
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image(Image())));
        await shop.ReadyAsync(1);

        foreach (var source in (string[])["""{"kind":"deployment"}""", """{"kind":"serving"}""", $$"""{"kind":"release","id":"{{first}}"}"""])
        {
            var plan = (await shop.Http.PostAsync($"{shop.Env}/plans", $$"""{"source":{{source}}}""", Ct)).ShouldBe(200).Json;
            ((string)plan["services"]![0]!["action"]!, (bool)plan["empty"]!).ShouldBe(("replace", false), source);
            await shop.LiveAsync(await shop.DeployAsync(source, $$""","plan":"{{plan["hash"]}}" """));
            await shop.ReadyAsync(1);
        }
    }

    [Fact]
    public async Task A_release_command_runs_once_before_anything_starts()
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var tool = Image(i => i with { ExitsAfter = TimeSpan.FromMilliseconds(30) });
        var end = await shop.LiveAsync(await shop.DeployFilesAsync(Shop.WithCommand(Image(), tool)));

        Phases(end, "done").ShouldContain("migrating");
        Runs(shop).ShouldBe(1);
    }

    [Theory]
    [InlineData(4, "30s")]
    [InlineData(0, "1s")]
    public async Task A_release_command_that_fails_or_takes_too_long_stops_the_deployment(int exit, string deadline)
    {
        using var shop = await Shop.MakeAsync(Installed, Ct);
        var tool = Image(i => i with { ExitsAfter = exit is 0 ? TimeSpan.FromMinutes(5) : TimeSpan.FromMilliseconds(30), ExitCode = exit });
        var end = await shop.EndAsync(await shop.DeployFilesAsync(Shop.WithCommand(Image(), tool, deadline)));

        ((string)end["state"]!).ShouldBe("failed", end.ToJsonString());
        ((string)end["problem"]!["detail"]!).ShouldContain("migrate");
        Runs(shop).ShouldBe(1);
        await Eventually.SeesAsync(shop.InstancesAsync, i => i.Length is 0, "nothing left", Ct);
    }

    private static List<string> Phases(JsonNode deployment, string status) =>
        [.. deployment["phases"]!.AsArray().Where(p => (string)p!["status"]! == status).Select(p => (string)p!["phase"]!)];

    private string Image(Func<MemoryImage, MemoryImage>? change = null)
    {
        var image = new MemoryImage($"img{Unique.Digits()}:1");
        Installed.World.Add(change is null ? image : change(image));
        return image.Reference;
    }

    private int Runs(Shop shop)
    {
        var app = shop.App[(shop.App.LastIndexOf('/') + 1)..];
        return Installed.World.Calls.Count(c => c.Method == nameof(MemoryDriver.CreateInstanceAsync) && c.Name.StartsWith($"{app}-production-run-", StringComparison.Ordinal));
    }
}
