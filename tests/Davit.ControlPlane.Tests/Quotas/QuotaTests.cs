using System.Text.Json.Nodes;
using Davit.ControlPlane.Quotas;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Davit.ControlPlane.Tests.Quotas;

/// <summary>Limits hold for a whole org, so every test has an installation of its own.</summary>
public sealed class QuotaTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Quotas = "/v1/orgs/default/quotas";
    private Installed _installed = null!;
    private Api _api = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _installed = await Installed.StartAsync(postgres, Ct);
        _api = _installed.Api();
    }

    public ValueTask DisposeAsync()
    {
        _api.Dispose();
        return _installed.DisposeAsync();
    }

    [Fact]
    public async Task Of_twenty_requests_at_the_last_place_through_three_servers_exactly_one_gets_it()
    {
        await using var three = await Replicas.StartAsync(_installed, 2, o => o, Ct);
        await SetAsync("apps", 1);
        for (var round = 0; round < 15; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => three.Apis[n % 3].PostAsync(Api.Apps, $$"""{"name":"r{{round}}-{{n}}"}""", Ct)));

            var made = answers.Where(a => a.Status is 201).ShouldHaveSingleItem();
            answers.Where(a => a.Status is not 201).ShouldAllBe(a => a.Code == "DV7301");
            (await UsedAsync("apps")).ShouldBe(1);
            var name = (string)made.Value["name"]!;
            (await _api.DeleteAsync($"{Api.Apps}/{name}?expectedVersion=1&confirm={name}", Ct)).ShouldBe(200);
            (await UsedAsync("apps")).ShouldBe(0);
        }

        (await _installed.App.Services.GetRequiredService<QuotaRecount>().RunAsync(Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task A_refusal_says_what_is_used_up_and_how_to_raise_it()
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        await SetAsync("environments", 1);

        var problem = (await _api.PostAsync($"{shop.App}/envs", """{"name":"staging"}""", Ct)).ShouldBeProblem(409, "DV7301").Json;
        ((string)problem["detail"]!).ShouldContain("environments: limit 1, used 1, asked for 1 more");
        ((string)problem["hint"]!).ShouldContain("davit quota set environments=2");
    }

    [Fact]
    public async Task A_deployment_takes_its_share_when_its_wish_is_known_and_one_that_is_too_large_fails_with_the_reason()
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image(Image())));
        ((await UsedAsync("instances"), await UsedAsync("routes"))).ShouldBe((1, 1));

        await SetAsync("memory", 64 << 20);
        var large = await shop.DeployFilesAsync(
            ("compose.yaml", $"services:\n  web:\n    image: {Image()}\n    mem_limit: 128m\n"), ("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080 }\nroutes:\n  - { service: web }\n"));
        await shop.FailedAsync(large, "DV7301");
        ((await UsedAsync("instances"), await UsedAsync("memory"))).ShouldBe((1, 0));
        (await _installed.App.Services.GetRequiredService<QuotaRecount>().RunAsync(Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task Scaling_takes_and_gives_back_and_stopping_frees_what_runs()
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image(Image())));
        var web = (string)(await shop.StatusAsync())["services"]![0]!["name"]!;
        await SetAsync("instances", 3);

        (await ScaleAsync(shop, web, 3)).ShouldBe(200);
        (await ScaleAsync(shop, web, 4)).ShouldBeProblem(409, "DV7301");
        (await UsedAsync("instances")).ShouldBe(3);
        (await ScaleAsync(shop, web, 2)).ShouldBe(200);
        (await UsedAsync("instances")).ShouldBe(2);

        (await _api.PutAsync($"{shop.Env}/stopped", """{"stopped":true}""", Ct)).ShouldBe(200);
        (await UsedAsync("instances")).ShouldBe(0);
        await SetAsync("instances", 1);
        (await _api.PutAsync($"{shop.Env}/stopped", """{"stopped":false}""", Ct)).ShouldBeProblem(409, "DV7301");
    }

    [Fact]
    public async Task What_waits_for_a_place_to_be_built_in_is_built_in_the_end()
    {
        await SetAsync("builds", 1);
        Shop[] shops = [await Shop.MakeAsync(_installed, Ct), await Shop.MakeAsync(_installed, Ct), await Shop.MakeAsync(_installed, Ct)];
        var deployments = await Task.WhenAll(shops.Select(s => s.DeployAsync(Shop.Image(Image()))));
        foreach (var (shop, deployment) in shops.Zip(deployments))
        {
            await shop.LiveAsync(deployment);
            shop.Dispose();
        }
    }

    [Fact]
    public async Task Limits_are_set_with_a_version_an_event_and_a_receipt()
    {
        (await _api.PutAsync(Quotas, """{"limits":{"appz":1},"expectedVersion":0}""", Ct)).ShouldBeProblem(422, "DV7302");
        (await _api.PutAsync(Quotas, """{"limits":{"apps":-1},"expectedVersion":0}""", Ct)).ShouldBeProblem(422, "DV7303");
        (await _api.PutAsync(Quotas, """{"limits":{"apps":1}}""", Ct)).ShouldBeProblem(428, "DV4009");
        (await _api.PutAsync(Quotas, """{"limits":{"apps":1,"cpu":1500},"expectedVersion":0}""", Ct)).ShouldBe(200).Json["receipt"].ShouldNotBeNull();
        (await _api.PutAsync(Quotas, """{"limits":{"apps":2},"expectedVersion":0}""", Ct)).ShouldBeProblem(409, "DV4010");
        (await _api.PutAsync(Quotas, """{"limits":{"apps":null},"expectedVersion":1}""", Ct)).ShouldBe(200);

        var quotas = (await _api.GetAsync(Quotas, Ct)).ShouldBe(200).Json["items"]!.AsArray();
        quotas.Single(q => (string)q!["dimension"]! is "apps")!["limit"].ShouldBeNull();
        ((long)quotas.Single(q => (string)q!["dimension"]! is "cpu")!["limit"]!).ShouldBe(1500);
    }

    private string Image()
    {
        var image = new MemoryImage($"img{Unique.Digits()}:1");
        _installed.World.Add(image);
        return image.Reference;
    }

    private Task<Answer> ScaleAsync(Shop shop, string service, int count) => _api.PutAsync($"{shop.Env}/scale", $$$"""{"services":{"{{{service}}}":{{{count}}}}}""", Ct);

    private async Task SetAsync(string name, long limit)
    {
        var now = (await _api.GetAsync(Quotas, Ct)).ShouldBe(200).Json;
        (await _api.PutAsync(Quotas, new JsonObject { ["limits"] = new JsonObject { [name] = limit }, ["expectedVersion"] = (long)now["version"]! }.ToJsonString(), Ct)).ShouldBe(200);
    }

    private async Task<long> UsedAsync(string name) =>
        (long)(await _api.GetAsync(Quotas, Ct)).ShouldBe(200).Json["items"]!.AsArray().Single(q => (string)q!["dimension"]! == name)!["used"]!;
}
