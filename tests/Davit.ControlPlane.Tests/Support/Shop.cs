using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Tests.Support;

/// <summary>An app with one environment, and the ways to deploy into it.</summary>
internal sealed class Shop(Installed installed, string name, CancellationToken ct) : IDisposable
{
    private readonly Api _api = installed.Api();

    public string App => $"{Api.Apps}/{name}";

    public string Env => $"{App}/envs/production";

    public Api Http => _api;

    public static async Task<Shop> MakeAsync(Installed installed, CancellationToken ct)
    {
        var shop = new Shop(installed, "a" + Unique.Digits(), ct);
        (await shop.Http.PostAsync(Api.Apps, $$"""{"name":"{{shop.App[(shop.App.LastIndexOf('/') + 1)..]}}"}""", ct)).ShouldBe(201);
        (await shop.Http.PostAsync($"{shop.App}/envs", """{"name":"production"}""", ct)).ShouldBe(201);
        return shop;
    }

    public static string Image(string reference) => $$"""{"kind":"image","reference":"{{reference}}","port":8080}""";

    /// <returns>The deployment's id.</returns>
    public async Task<string> DeployAsync(string source, string more = "") =>
        (string)(await _api.PostAsync($"{Env}/deployments", $$"""{"source":{{source}}{{more}}}""", ct)).ShouldBe(202).Value["id"]!;

    /// <summary>Sends a directory and deploys it.</summary>
    public async Task<string> DeployFilesAsync(params (string Name, string Text)[] files) => await DeployAsync($$"""{"kind":"upload","id":"{{await UploadAsync(files)}}"}""");

    public async Task<string> UploadAsync(params (string Name, string Text)[] files)
    {
        using var content = new ByteArrayContent(Tar(files));
        return (string)(await _api.SendAsync(HttpMethod.Post, $"{App}/uploads", content, ct)).ShouldBe(201).Value["id"]!;
    }

    public async Task<JsonNode> GetAsync(string deployment) => (await _api.GetAsync($"{Env}/deployments/{deployment}", ct)).ShouldBe(200).Json;

    public async Task<JsonNode> EndAsync(string deployment) =>
        await Eventually.SeesAsync(() => GetAsync(deployment), d => (bool)d["final"]!, $"the end of {deployment}", ct);

    /// <returns>The deployment, which must have become live.</returns>
    public async Task<JsonNode> LiveAsync(string deployment)
    {
        var end = await EndAsync(deployment);
        ((string)end["state"]!).ShouldBe("live", end.ToJsonString());
        return end;
    }

    public async Task<JsonNode> FailedAsync(string deployment, string code)
    {
        var end = await EndAsync(deployment);
        ((string)end["state"]!, (string?)end["problem"]?["code"]).ShouldBe(("failed", code), end.ToJsonString());
        ((string)end["problem"]!["hint"]!).ShouldNotBeEmpty();
        return end;
    }

    public async Task<JsonNode> StatusAsync() => (await _api.GetAsync($"{Env}/status", ct)).ShouldBe(200).Json;

    public Task<JsonNode> ReadyAsync(int instances) => Eventually.SeesAsync(
        StatusAsync,
        s => (string)s["state"]! is "ready" && s["services"]!.AsArray().Sum(v => v!["instances"]!.AsArray().Count) == instances && s["running"] is null,
        $"ready with {instances} instance(s)", ct);

    /// <summary>The instances that the world holds for this environment now.</summary>
    public async Task<string[]> InstancesAsync() =>
        [.. (await installed.Driver.ObserveAsync(new(installed.Installation.Id) { Env = (await RowAsync()).Id }, ct)).Instances.Select(i => i.Name)];

    public async Task<EnvRow> RowAsync() =>
        (await installed.Database.ReadAsync(db => EnvTable.AllAsync(db, ct), ct)).Single(e => e.AppName == name && e.Name is "production");

    public async Task<IReadOnlyList<string>> ReceiptKindsAsync(string deployment) =>
        [.. (await _api.GetAsync($"/v1/orgs/default/receipts?subject={deployment}", ct)).ShouldBe(200).Json["items"]!.AsArray().Select(r => (string)r!["kind"]!)];

    public void Dispose() => _api.Dispose();

    public static byte[] Tar(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (file, text) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, file) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }

        return bytes.ToArray();
    }

    public static (string, string)[] WithCommand(string image, string tool, string deadline = "30s") =>
    [
        ("compose.yaml", $"services:\n  web:\n    image: {image}\n  tool:\n    image: {tool}\n"),
        ("davit.yaml", $"davit: 1\nservices:\n  web: {{ kind: web, port: 8080 }}\n  tool: {{ kind: job }}\nroutes:\n  - {{ service: web }}\nrelease:\n  - {{ name: migrate, service: tool, command: [migrate], when: before, backward: true, deadline: {deadline} }}\n"),
    ];
}
