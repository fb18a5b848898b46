using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>What the control plane stands on goes away, lies or is full: it says so, marks nothing dead and goes on when it is back.</summary>
public sealed class WeatherTests(PostgresServer server) : IAsyncLifetime
{
    private Installed _installed = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _installed = await Installed.StartAsync(server, Ct);

    public ValueTask DisposeAsync() => _installed.DisposeAsync();

    [Fact]
    public async Task While_the_engine_cannot_be_seen_nothing_is_called_dead_and_status_says_since_when()
    {
        using var shop = await ServedAsync();
        var before = await shop.InstancesAsync();
        var seen = (DateTimeOffset)(await shop.StatusAsync())["seenAt"]!;

        _installed.World.Vanish();
        var blind = await shop.StatusAsync();

        ((string)blind["state"]!).ShouldBe("unseen");
        ((DateTimeOffset)blind["seenAt"]!).ShouldBeGreaterThanOrEqualTo(seen);
        ((DateTimeOffset)(await shop.StatusAsync())["seenAt"]!).ShouldBe((DateTimeOffset)blind["seenAt"]!, "the last look that saw something does not move");
        var condition = blind["conditions"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)condition["detail"]!).ShouldContain("since");
        ((string)condition["hint"]!).ShouldNotBeEmpty();
        foreach (var service in blind["services"]!.AsArray())
            ((string)service!["reason"]!).ShouldNotContain("missing");

        _installed.World.Return();
        await shop.ReadyAsync(before.Length);
        (await shop.InstancesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task An_image_that_goes_between_plan_and_start_fails_the_deployment_and_the_old_release_serves_on()
    {
        using var shop = await ServedAsync();
        var before = await shop.InstancesAsync();
        _installed.World.Add(new MemoryImage("web:2") { HealthyAfter = TimeSpan.FromMilliseconds(1) });
        _installed.World.FailNext(nameof(MemoryDriver.CreateInstanceAsync), Model.DriverProblems.ImageNotFound("web:2", "no such image"));

        var failed = await shop.EndAsync(await shop.DeployFilesAsync(Files("web:2")));

        ((string)failed["state"]!).ShouldBe("failed", failed.ToJsonString());
        ((string)failed["problem"]!["hint"]!).ShouldNotBeEmpty();
        await shop.ReadyAsync(before.Length);
        (await shop.InstancesAsync()).ShouldBe(before);
        _installed.Edge.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_every_session_of_the_database_is_ended_all_of_it_goes_on_and_nothing_is_done_twice()
    {
        using var shop = await ServedAsync();
        for (var round = 0; round < 5; round++)
        {
            await EndSessionsAsync();
            var answer = await shop.Http.GetAsync(shop.Env, Ct);
            if (answer.Status is not 200)
                answer.ShouldBeProblem(503, answer.Code);
        }

        var id = await Eventually.SeesAsync(() => TryDeployAsync(shop), d => d is not "", "a deployment is accepted", Ct);
        var ending = EndSessionsAsync();
        await ending;
        await Eventually.SeesAsync(
            () => shop.Http.GetAsync($"{shop.Env}/deployments/{id}", Ct),
            a => a.Status is 200 && (string)a.Json["state"]! is "live",
            $"{id} is live",
            Ct);

        await shop.ReadyAsync(1);
        (await shop.ReceiptKindsAsync(id)).Count(k => k is "deployment").ShouldBe(1);
        ((int?)(await shop.Http.GetAsync("/v1/orgs/default/events/verdict", Ct)).ShouldBe(200).Json["firstBroken"]).ShouldBeNull();
        var events = (await shop.Http.GetAsync($"/v1/orgs/default/events?subject={id}", Ct)).ShouldBe(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => (string)JsonNode.Parse(l)!["type"]!).ToList();
        events.Count(e => e is "deployment.live").ShouldBe(1, string.Join(' ', events));
    }

    private static async Task<string> TryDeployAsync(Shop shop)
    {
        var answer = await shop.Http.PostAsync($"{shop.Env}/deployments", """{"source":{"kind":"serving"}}""", Ct);
        return answer.Status is 202 ? (string)answer.Value["id"]! : "";
    }

    private async Task<Shop> ServedAsync()
    {
        _installed.World.Add(new MemoryImage("web:1") { HealthyAfter = TimeSpan.FromMilliseconds(1) });
        var shop = await Shop.MakeAsync(_installed, Ct);
        await shop.LiveAsync(await shop.DeployFilesAsync(Files("web:1")));
        await shop.ReadyAsync(1);
        return shop;
    }

    private static (string, string)[] Files(string image) =>
    [
        ("compose.yaml", $"services:\n  web:\n    image: {image}\n    healthcheck: {{ test: [CMD, check] }}\n"),
        ("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080 }\nroutes:\n  - { service: web }\n"),
    ];

    /// <summary>As a restart of the database does it: every session is ended with 57P01.</summary>
    private async Task EndSessionsAsync()
    {
        await using var own = new Npgsql.NpgsqlConnection(_installed.Connection + ";Pooling=false");
        await own.OpenAsync(Ct);
        await using var command = new Npgsql.NpgsqlCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", own);
        await command.ExecuteScalarAsync(Ct);
    }
}
