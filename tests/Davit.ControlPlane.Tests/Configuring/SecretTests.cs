using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Davit.ControlPlane.Secrets;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Planning.Instances;
using Davit.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Davit.ControlPlane.Tests.Configuring;

/// <summary>Secrets from the API to the instance. Simulated: instances live in memory.</summary>
public sealed class SecretTests(PostgresServer server) : IAsyncLifetime
{
    private const string Canary = "canary-7c1f0e2b-value";

    private Installed _installed = null!;
    private Shop _shop = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Secrets => $"{_shop.Env}/secrets";

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
    public async Task A_secret_from_a_file_of_the_source_is_delivered_and_lies_nowhere_readable()
    {
        await DeployAsync("secrets: { token: { file: ./token.txt } }", "[token]", ("token.txt", Canary));

        (await FileAsync("/run/secrets/token")).ShouldBe(Canary);
        await ShouldBeNowhereAsync(Canary);

        // The same content once more: the kept source holds the sealed file, and what it was is known all the same.
        var again = await _shop.DeployFilesAsync(Files("secrets: { token: { file: ./token.txt } }", "[token]", ("token.txt", Canary)));
        ((bool)(await _shop.LiveAsync(again))["unchanged"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Values_that_are_sent_for_interpolation_are_sealed_in_the_database()
    {
        var upload = await _shop.UploadAsync(("compose.yaml", "services:\n  web:\n    image: web:${TAG}\n"), ("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080 }\n"));
        await _shop.LiveAsync(await _shop.DeployAsync($$"""{"kind":"upload","id":"{{upload}}","manifest":{"variables":{"UNUSED":"{{Canary}}","TAG":"1"} } }"""));

        await ShouldBeNowhereAsync(Canary);
        await _shop.LiveAsync(await _shop.DeployAsync("""{"kind":"release","id":"1"}"""));
    }

    [Fact]
    public async Task A_secret_that_is_set_takes_the_place_of_an_external_one_and_of_a_missing_file()
    {
        const string Both = "secrets: { token: { external: true }, key: { file: ./not-here.pem } }";
        await _shop.FailedAsync(await _shop.DeployFilesAsync(Files(Both, "[token, key]")), "DV7205");
        var set = await SetAsync("token", Canary);
        (await _shop.Http.PutAsync($"{_shop.App}/secrets/key", """{"base64":"AAEC/v8K"}""", Ct)).ShouldBe(200);

        await DeployAsync(Both, "[token, key]");

        (await FileAsync("/run/secrets/token")).ShouldBe(Canary);
        (await SpecAsync()).Files.Items.Single(f => f.Path is "/run/secrets/key").Content.ShouldBeOfType<FileContent.Secret>().Bytes!.Value.Items.ShouldBe([0, 1, 2, 254, 255, 10]);
        (await SpecAsync()).Process.Environment["token_FILE"].ShouldBe("/run/secrets/token");
        ((string)set["receipt"]!["details"]!["name"]!).ShouldBe("token");
        set.ToJsonString().ShouldNotContain(Canary);
        await ShouldBeNowhereAsync(Canary);
    }

    [Fact]
    public async Task A_deployment_pins_the_version_and_going_back_returns_it()
    {
        await SetAsync("token", Canary);
        var first = await DeployAsync("secrets: { token: { external: true } }", "[token]");
        await SetAsync("token", "second-value");
        (await FileAsync("/run/secrets/token")).ShouldBe(Canary, "nothing changes without a deployment");
        var preview = (await _shop.Http.GetAsync($"{Secrets}/token/preview", Ct)).ShouldBe(200).Json["uses"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)preview["service"]!, (int)preview["version"]!, (bool)preview["restarts"]!).ShouldBe(("web", 1, true));

        await _shop.LiveAsync(await _shop.DeployAsync("""{"kind":"release","id":"1"}"""));
        (await FileAsync("/run/secrets/token")).ShouldBe("second-value");
        ((string)(await _shop.Http.GetAsync(Secrets, Ct)).Json["items"]![0]!["usedBy"]![0]!).ShouldEndWith("/production/web");

        await _shop.LiveAsync(await _shop.DeployAsync($$"""{"kind":"deployment","id":"{{first}}"}"""));
        (await FileAsync("/run/secrets/token")).ShouldBe(Canary);
    }

    [Fact]
    public async Task Delivered_as_a_variable_it_is_in_the_process_and_in_no_record()
    {
        var warned = await SetAsync("TOKEN", Canary, ",\"deliver\":\"env\"");
        warned["value"]!["warnings"]!.AsArray().ShouldHaveSingleItem();
        await VariableAsync("URL", """{"value":"db://me:${secret.TOKEN}@${services.web.host}/x","template":true}""");
        await DeployAsync("", "[]");

        var variables = (await SpecAsync()).Process.SecretEnvironment.Items.ToDictionary(v => v.Name, v => v.Value);
        variables.ShouldBe(new Dictionary<string, string?> { ["TOKEN"] = Canary, ["URL"] = $"db://me:{Canary}@web/x" }, ignoreOrder: true);
        await ShouldBeNowhereAsync(Canary);
        var seen = (await _shop.Http.GetAsync($"{_shop.Env}/configuration?service=web", Ct)).ShouldBe(200);
        seen.Text.ShouldNotContain(Canary);
        ((string)seen.Json["items"]!.AsArray().Single(i => (string)i!["name"]! is "URL")!["value"]!).ShouldBe("db://me:***(TOKEN)@web/x");
    }

    [Fact]
    public async Task Versions_are_numbered_never_changed_and_never_shown()
    {
        await SetAsync("token", Canary);
        await SetAsync("token", "second-value");
        await SetAsync("token", Canary);
        (await _shop.Http.PutAsync($"{Secrets}/token", """{"value":"third-value","expectedVersion":2}""", Ct)).ShouldBeProblem(409, "DV7219");

        var versions = (await _shop.Http.GetAsync($"{Secrets}/token/versions", Ct)).ShouldBe(200);
        versions.Json["items"]!.AsArray().Select(v => ((int)v!["version"]!, (int?)v["sameAs"])).ShouldBe([(3, 1), (2, null), (1, null)]);
        foreach (var path in (string[])[Secrets, $"{Secrets}/token", $"{Secrets}/token/versions", $"{Secrets}/token/preview", "/v1/orgs/default/receipts", "/v1/orgs/default/events"])
            (await _shop.Http.GetAsync(path, Ct)).ShouldBe(200).Text.ShouldNotContain(Canary);
        await Should.ThrowAsync<Npgsql.PostgresException>(_installed.Database.ReadAsync(db => db.ExecuteAsync("update secret_versions set sealed = ''"), Ct));
    }

    [Fact]
    public async Task Rows_that_were_put_in_each_others_place_do_not_open()
    {
        await SetAsync("token", Canary);
        await SetAsync("other", "another-value");
        await _installed.Database.ReadAsync(db => db.ExecuteAsync(
            "alter table secret_versions disable trigger secret_versions_immutable; update secret_versions v set sealed = (select sealed from secret_versions o where o.secret_id <> v.secret_id)"), Ct);

        await _shop.FailedAsync(await _shop.DeployFilesAsync(Files("secrets: { token: { external: true } }", "[token]")), "DV7204");
    }

    [Fact]
    public async Task What_cannot_be_a_secret_is_refused_and_random_ones_are_made()
    {
        foreach (var (body, code) in ((string, string)[])[("""{"value":"short"}""", "DV7206"), ("""{"value":""}""", "DV7206"), ("""{"value":"aaaaaaaaaa"}""", "DV7206"), ("{}", "DV4004"), ("""{"base64":"?"}""", "DV7206"),
            ($$"""{"value":"{{new string('x', 65535)}}yz"}""", "DV7206"), ("""{"base64":"AAEC/v8K","deliver":"env"}""", "DV7206")])
            (await _shop.Http.PutAsync($"{Secrets}/token", body, Ct)).ShouldBeProblem(422, code);
        (await _shop.Http.PutAsync($"{Secrets}/DAVIT_X", """{"value":"long enough"}""", Ct)).ShouldBeProblem(422, "DV7213");
        (await _shop.Http.PutAsync($"{Secrets}/token", """{"value":"short","force":true}""", Ct)).ShouldBe(200);
        (await _shop.Http.PostAsync($"{Secrets}/token/rotations", """{"generate":32}""", Ct)).ShouldBe(200).Value["version"]!.ToString().ShouldBe("2");
        (await _shop.Http.PostAsync($"{Secrets}/missing/rotations", """{"generate":32}""", Ct)).ShouldBeProblem(404, "DV4001");
    }

    [Fact]
    public async Task An_import_takes_all_or_none_and_a_dry_run_nothing()
    {
        await SetAsync("A", "value-of-a");
        var imports = $"{_shop.Env}/secret-imports";
        var dry = (await _shop.Http.PostAsync(imports, """{"values":{"A":"value-of-a","B":"value-of-b"},"dryRun":true}""", Ct)).ShouldBe(200);
        dry.Value["items"]!.AsArray().Select(i => $"{i!["name"]} {i["change"]}").ShouldBe(["A same", "B added"]);
        (await _shop.Http.GetAsync($"{Secrets}/B", Ct)).ShouldBeProblem(404, "DV4001");
        (await _shop.Http.PostAsync(imports, """{"values":{"B":"value-of-b","C":"c"}}""", Ct)).ShouldBeProblem(422, "DV7206");
        (await _shop.Http.GetAsync($"{Secrets}/B", Ct)).ShouldBeProblem(404, "DV4001");

        (await _shop.Http.PostAsync(imports, """{"values":{"A":"value-of-a","B":"value-of-b"}}""", Ct)).ShouldBe(200);
        (await _shop.Http.GetAsync($"{Secrets}/A", Ct)).Json["version"]!.ToString().ShouldBe("1");
        (await _shop.Http.GetAsync($"{Secrets}/B", Ct)).Json["version"]!.ToString().ShouldBe("1");
    }

    [Fact]
    public async Task Taken_away_it_is_missing_for_new_deployments_and_there_for_old_ones()
    {
        await SetAsync("token", Canary);
        var first = await DeployAsync("secrets: { token: { external: true } }", "[token]");
        (await _shop.Http.DeleteAsync($"{Secrets}/token", Ct)).ShouldBeProblem(422, "DV4018");
        (await _shop.Http.DeleteAsync($"{Secrets}/token?confirm=token", Ct)).ShouldBe(200);

        await _shop.FailedAsync(await _shop.DeployAsync("""{"kind":"release","id":"1"}"""), "DV7205");
        await _shop.LiveAsync(await _shop.DeployAsync("""{"kind":"serving"}"""));
        (await FileAsync("/run/secrets/token")).ShouldBe(Canary);
        await SetAsync("token", "third-value");
        await _shop.LiveAsync(await _shop.DeployAsync($$"""{"kind":"deployment","id":"{{first}}"}"""));
    }

    [Fact]
    public async Task Old_versions_are_forgotten_but_the_last_twenty_and_those_that_something_can_be_brought_back_to()
    {
        await SetAsync("token", Canary);
        var first = await DeployAsync("secrets: { token: { external: true } }", "[token]");
        for (var n = 2; n <= 31; n++)
            await SetAsync("token", $"value-number-{n}");
        var upkeep = _installed.App.Services.GetServices<IHostedService>().OfType<SecretUpkeep>().Single();
        await upkeep.PruneAsync(Ct);
        (await VersionsAsync()).Length.ShouldBe(31, "they were set a moment ago");
        await _installed.Database.ReadAsync(db => db.ExecuteAsync(
            "alter table secret_versions disable trigger secret_versions_immutable; update secret_versions set created_at = created_at - interval '2 days'"), Ct);

        await upkeep.PruneAsync(Ct);

        (await VersionsAsync()).ShouldBe([.. Enumerable.Range(12, 20).Reverse(), 1]);
        (await _shop.Http.GetAsync("/v1/orgs/default/events?limit=200", Ct)).Text.ShouldContain("secret.versions-pruned");
        await _shop.LiveAsync(await _shop.DeployAsync("""{"kind":"release","id":"1"}"""));
        await _shop.LiveAsync(await _shop.DeployAsync($$"""{"kind":"deployment","id":"{{first}}"}"""));
        (await FileAsync("/run/secrets/token")).ShouldBe(Canary);

        async Task<int[]> VersionsAsync() => [.. (await _shop.Http.GetAsync($"{Secrets}/token/versions", Ct)).ShouldBe(200).Json["items"]!.AsArray().Select(v => (int)v!["version"]!)];
    }

    [Fact]
    public async Task After_the_window_of_a_rotation_nothing_starts_with_an_older_version_unless_it_runs_still()
    {
        await SetAsync("token", Canary);
        var first = await DeployAsync("secrets: { token: { external: true } }", "[token]");
        var rotations = _installed.App.Services.GetServices<IHostedService>().OfType<SecretRotations>().Single();
        (await _shop.Http.PutAsync($"{Secrets}/token", """{"value":"with a window","windowSeconds":60}""", Ct)).ShouldBeProblem(422, "DV4004");
        (await _shop.Http.PostAsync($"{Secrets}/token/rotations", """{"value":"new-value-of-it","windowSeconds":5}""", Ct)).ShouldBeProblem(422, "DV4004");
        (await _shop.Http.PostAsync($"{Secrets}/token/rotations", """{"value":"new-value-of-it","windowSeconds":3600}""", Ct)).ShouldBe(200);

        await rotations.EndDueAsync(Ct);
        await _installed.Database.ReadAsync(db => db.ExecuteAsync("update secret_rotations set ends_at = ends_at - interval '2 hours'"), Ct);
        await rotations.EndDueAsync(Ct);
        (await EndedAsync()).ShouldBeNull("version 1 runs still");
        await _shop.LiveAsync(await _shop.DeployAsync("""{"kind":"release","id":"1"}"""));
        await rotations.EndDueAsync(Ct);

        (await EndedAsync()).ShouldNotBeNull();
        await _shop.FailedAsync(await _shop.DeployAsync($$"""{"kind":"deployment","id":"{{first}}"}"""), "DV7222");
        (await FileAsync("/run/secrets/token")).ShouldBe("new-value-of-it");
        await ShouldBeNowhereAsync(Canary);

        async Task<JsonNode?> EndedAsync() => (await _shop.Http.GetAsync($"{Secrets}/token", Ct)).ShouldBe(200).Json["rotation"]!["endedAt"];
    }

    [Fact]
    public async Task A_build_gets_the_secret_that_is_set_and_without_it_does_not_begin()
    {
        (string, string)[] files =
        [
            ("compose.yaml", "services:\n  web:\n    build: { context: ., secrets: [npmrc] }\nsecrets: { npmrc: { external: true, name: NPM_TOKEN } }\n"), ("Dockerfile", "FROM scratch\n"),
            ("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080 }\n"),
        ];
        await _shop.FailedAsync(await _shop.DeployFilesAsync(files), "DV7205");
        await SetAsync("NPM_TOKEN", Canary);

        await _shop.LiveAsync(await _shop.DeployFilesAsync(files));

        await ShouldBeNowhereAsync(Canary);
    }

    private static (string, string)[] Files(string top, string uses, params (string, string)[] more) =>
    [
        ("compose.yaml", $"services:\n  web:\n    image: web:1\n    secrets: {uses}\n{top}\n"), ("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080 }\n"), .. more,
    ];

    private async Task<string> DeployAsync(string top, string uses, params (string, string)[] more)
    {
        var deployment = await _shop.DeployFilesAsync(Files(top, uses, more));
        await _shop.LiveAsync(deployment);
        return deployment;
    }

    private async Task<JsonNode> SetAsync(string name, string value, string more = "") => (await _shop.Http.PutAsync($"{Secrets}/{name}", $$"""{"value":"{{value}}"{{more}}}""", Ct)).ShouldBe(200).Json;

    private async Task VariableAsync(string name, string body) => (await _shop.Http.PutAsync($"{_shop.Env}/variables/{name}", body, Ct)).ShouldBe(200);

    private async Task<InstanceSpec> SpecAsync()
    {
        await _shop.ReadyAsync(1);
        return _installed.World.SpecOf((await _shop.InstancesAsync()).Single());
    }

    private async Task<string> FileAsync(string path) =>
        Encoding.UTF8.GetString([.. (await SpecAsync()).Files.Items.Single(f => f.Path == path).Content.ShouldBeOfType<FileContent.Secret>().Bytes!.Value.Items]);

    /// <summary>In no table and in no file of the data directory.</summary>
    private async Task ShouldBeNowhereAsync(string value)
    {
        var tables = await _installed.Database.ReadAsync(db => db.QueryAsync<string>("select quote_ident(table_name) from information_schema.tables where table_schema = 'public'"), Ct);
        foreach (var table in tables)
            (await _installed.Database.ReadAsync(db => db.QueryAsync<string>($"select t::text from {table} t where t::text like '%' || @value || '%'", new { value }), Ct)).ShouldBeEmpty(table);
        foreach (var file in Directory.EnumerateFiles(_installed.Options.Data, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".sock", StringComparison.Ordinal)))
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Ct)).ShouldNotContain(value, customMessage: file);
    }
}
