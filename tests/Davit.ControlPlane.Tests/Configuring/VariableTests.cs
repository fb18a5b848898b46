using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Planning.Instances;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Configuring;

/// <summary>Variables from their layers to the instance. Simulated: instances live in memory.</summary>
public sealed class VariableTests(PostgresServer server) : IAsyncLifetime
{
    private const string Project = "/v1/orgs/default/projects/default";

    private Installed _installed = null!;
    private Shop _shop = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _installed = await Installed.StartAsync(server, Ct);
        _installed.World.Add(new MemoryImage("web:1"));
        _shop = await Shop.MakeAsync(_installed, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _installed.DisposeAsync();
    }

    [Fact]
    public async Task The_nearest_layer_wins_and_every_value_says_where_it_comes_from()
    {
        await SetAsync("/v1/orgs/default", "LOG", """{"value":"org"}""");
        await SetAsync(Project, "LOG", """{"value":"project"}""");
        await SetAsync(Project, "WORD", """{"value":"project"}""");
        await SetAsync(_shop.App, "REGION", """{"value":"app"}""");
        await SetAsync(_shop.Env, "REGION", """{"value":"env"}""");
        await SetAsync(_shop.Env, "GONE", """{"unset":true}""");
        await SetAsync(_shop.App, "GONE", """{"value":"app"}""");
        await SetAsync(_shop.Env, "REGION", """{"value":"service"}""", "?service=web");
        await DeployAsync();

        var environment = (await SpecAsync()).Process.Environment;
        (environment["LOG"], environment["WORD"], environment["REGION"], environment["GONE"]).ShouldBe(("project", "manifest", "service", null));
        var region = await ExplainAsync("REGION");
        ((string)region["origin"]!).ShouldBe("service web");
        region["losers"]!.AsArray().Select(l => (string)l!["origin"]!).ShouldBe(["env production", $"app {_shop.App[(_shop.App.LastIndexOf('/') + 1)..]}"]);
        ((string)(await ExplainAsync("GONE"))["kind"]!).ShouldBe("unset");
    }

    [Fact]
    public async Task Environments_take_values_from_each_other_and_never_in_a_circle()
    {
        foreach (var env in (string[])["staging", "preview"])
            (await _shop.Http.PostAsync($"{_shop.App}/envs", $$"""{"name":"{{env}}"}""", Ct)).ShouldBe(201);
        await InheritAsync("preview", "staging");
        await InheritAsync("staging", "production");
        var circle = (await _shop.Http.PutAsync($"{_shop.Env}/inheritance", """{"from":"preview"}""", Ct)).ShouldBeProblem(409, "DV7216");
        ((string)circle.Json["detail"]!).ShouldContain("production → preview → staging → production");

        await SetAsync(_shop.Env, "A", """{"value":"production"}""");
        await SetAsync(_shop.Env, "B", """{"value":"production"}""");
        await SetAsync($"{_shop.App}/envs/staging", "B", """{"value":"staging"}""");
        (await _shop.Http.PutAsync($"{_shop.Env}/secrets/TOKEN", """{"value":"long enough"}""", Ct)).ShouldBe(200);
        (await NamesAsync("preview")).ShouldBe(["A=production", "B=staging"], "secrets stay where they are unless the environment gives them");
        (await _shop.Http.PutAsync($"{_shop.Env}/inheritance", """{"from":null,"givesSecrets":true}""", Ct)).ShouldBe(200);
        (await NamesAsync("staging")).ShouldBe(["A=production", "B=staging", "TOKEN=***(TOKEN)"]);
        (await NamesAsync("preview")).ShouldBe(["A=production", "B=staging"], "staging does not pass them on");
    }

    [Fact]
    public async Task What_does_not_resolve_or_fit_is_told_all_at_once_and_nothing_starts()
    {
        await DeployAsync();
        var before = await _shop.InstancesAsync();
        await DefineAsync("PORT_TO", """{"type":"integer","min":1,"max":65535}""");
        await DefineAsync("NEEDED", """{"required":true,"description":"the address of the bank"}""");
        await SetAsync(_shop.Env, "PORT_TO", """{"value":"eighty"}""");
        await SetAsync(_shop.Env, "URL", """{"value":"line\n  ${NOT_THERE} ${services.nobody.url}","template":true}""");
        await SetAsync(_shop.Env, "X", """{"value":"${Y}","template":true}""");
        await SetAsync(_shop.Env, "Y", """{"value":"${X}","template":true}""");

        var failed = await _shop.FailedAsync(await _shop.DeployAsync("""{"kind":"release","id":"1"}"""), "DV7210");

        var told = failed["problem"]!["errors"]!.ToJsonString();
        foreach (var part in (string[])["NOT_THERE", "services.nobody.url", "X → Y → X", "whole number", "the address of the bank"])
            JsonNode.Parse(told)!.AsArray().ShouldContain(f => ((string)f!["message"]!).Contains(part, StringComparison.Ordinal), part);
        (await _shop.InstancesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_value_that_is_given_with_a_deployment_wins_and_rolls_back_with_it()
    {
        await SetAsync(_shop.Env, "WORD", """{"value":"env"}""");
        await DeployAsync();
        var given = await _shop.DeployAsync("""{"kind":"release","id":"1","set":{"WORD":"given"}}""");
        await _shop.LiveAsync(given);
        (await SpecAsync()).Process.Environment["WORD"].ShouldBe("given");
        await _shop.LiveAsync(await _shop.DeployAsync("""{"kind":"release","id":"1"}"""));
        (await SpecAsync()).Process.Environment["WORD"].ShouldBe("env");
        await _shop.LiveAsync(await _shop.DeployAsync($$"""{"kind":"deployment","id":"{{given}}"}"""));
        (await SpecAsync()).Process.Environment["WORD"].ShouldBe("given");

        (await _shop.Http.PutAsync($"{_shop.Env}/secrets/TOKEN", """{"value":"long enough"}""", Ct)).ShouldBe(200);
        await _shop.FailedAsync(await _shop.DeployAsync("""{"kind":"release","id":"1","set":{"TOKEN":"plain"}}"""), "DV7207");
        (await _shop.Http.PostAsync($"{_shop.Env}/deployments", """{"source":{"kind":"serving","set":{"A":"b"}}}""", Ct)).ShouldBeProblem(422, "DV7221");
    }

    [Fact]
    public async Task What_is_locked_stays_as_it_is_above()
    {
        await SetAsync("/v1/orgs/default", "AUDIT", """{"value":"on","locked":true}""");
        (await _shop.Http.PutAsync($"{_shop.Env}/variables/AUDIT", """{"value":"off"}""", Ct)).ShouldBeProblem(409, "DV7215");
        await DeployAsync();
        await _shop.FailedAsync(await _shop.DeployAsync("""{"kind":"release","id":"1","set":{"AUDIT":"off"}}"""), "DV7215");
        (await SpecAsync()).Process.Environment["AUDIT"].ShouldBe("on");
    }

    [Fact]
    public async Task Names_versions_and_kinds_are_checked()
    {
        (await _shop.Http.PutAsync($"{_shop.Env}/variables/1A", """{"value":"x"}""", Ct)).ShouldBeProblem(422, "DV7213");
        (await _shop.Http.PutAsync($"{_shop.Env}/variables/A", $$"""{"value":"{{new string('x', 32769)}}"}""", Ct)).ShouldBeProblem(422, "DV7214");
        (await _shop.Http.PutAsync($"{_shop.Env}/variables/A", """{"value":"a\u0000b"}""", Ct)).ShouldBeProblem(422, "DV7214");
        (await _shop.Http.PutAsync($"{_shop.App}/variables/A?service=web", """{"value":"x"}""", Ct)).ShouldBeProblem(422, "DV4004");
        (await _shop.Http.PutAsync($"{_shop.App}/variable-definitions/A", """{"type":"enum"}""", Ct)).ShouldBeProblem(422, "DV7217");
        (await _shop.Http.PutAsync($"{_shop.App}/variable-definitions/A", """{"type":"string","pattern":"(?=a)"}""", Ct)).ShouldBeProblem(422, "DV7217");
        await SetAsync(_shop.Env, "A", """{"value":"x"}""");
        ((string)(await _shop.Http.PutAsync($"{_shop.Env}/variables/A", """{"value":"x"}""", Ct)).Json["receipt"]!["status"]!).ShouldBe("unchanged");
        (await _shop.Http.PutAsync($"{_shop.Env}/variables/A", """{"value":"y","expectedVersion":0}""", Ct)).ShouldBeProblem(409, "DV7219");
        (await _shop.Http.PutAsync($"{_shop.Env}/secrets/A", """{"value":"long enough"}""", Ct)).ShouldBeProblem(422, "DV7206");
        (await _shop.Http.DeleteAsync($"{_shop.Env}/variables/A", Ct)).ShouldBe(200);
        (await _shop.Http.PutAsync($"{_shop.Env}/secrets/A", """{"value":"long enough"}""", Ct)).ShouldBe(200);
        (await _shop.Http.PutAsync($"{_shop.Env}/variables/A", """{"value":"x"}""", Ct)).ShouldBeProblem(409, "DV7207");
    }

    /// <summary>Whatever is set is what the process gets, whatever it looks like.</summary>
    [Fact]
    public async Task Values_are_data()
    {
        string[] values = ["", " ", "a=b", "$HOME ${X} $$", "# no comment", "\"quoted\" 'twice'", "{\"json\": [1, \"$x\"]}", "line\nline\r\n\ttab", "\\n \\\\", "ünïcödé 漢字 🦆 \u202e", "%s %d", "\u0001\u007f", " trailing "];
        foreach (var (value, n) in values.Select((v, n) => (v, n)))
            await SetAsync(_shop.Env, $"V{n}", JsonSerializer.Serialize(new { value }));
        await DeployAsync();

        var environment = (await SpecAsync()).Process.Environment;
        values.Select((_, n) => environment[$"V{n}"]).ShouldBe(values);
    }

    private async Task DeployAsync() => await _shop.LiveAsync(await _shop.DeployFilesAsync(
        ("compose.yaml", "services:\n  web:\n    image: web:1\n    environment: { WORD: manifest }\n"), ("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080 }\n")));

    private async Task SetAsync(string place, string name, string body, string query = "") => (await _shop.Http.PutAsync($"{place}/variables/{name}{query}", body, Ct)).ShouldBe(200);

    private async Task DefineAsync(string name, string body) => (await _shop.Http.PutAsync($"{_shop.App}/variable-definitions/{name}", body, Ct)).ShouldBe(200);

    private async Task InheritAsync(string env, string from) => (await _shop.Http.PutAsync($"{_shop.App}/envs/{env}/inheritance", $$"""{"from":"{{from}}"}""", Ct)).ShouldBe(200);

    private async Task<JsonNode> ExplainAsync(string name) =>
        (await _shop.Http.GetAsync($"{_shop.Env}/configuration?service=web", Ct)).ShouldBe(200).Json["items"]!.AsArray().Single(i => (string)i!["name"]! == name)!;

    private async Task<string[]> NamesAsync(string env) =>
        [.. (await _shop.Http.GetAsync($"{_shop.App}/envs/{env}/configuration", Ct)).ShouldBe(200).Json["items"]!.AsArray().Select(i => $"{i!["name"]}={i["value"]}")];

    private async Task<InstanceSpec> SpecAsync()
    {
        await _shop.ReadyAsync(1);
        return _installed.World.SpecOf((await _shop.InstancesAsync()).Single());
    }
}
