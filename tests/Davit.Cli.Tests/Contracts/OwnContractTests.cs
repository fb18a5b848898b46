using System.Text.Json.Nodes;
using Davit.Testing;

namespace Davit.Cli.Tests.Contracts;

/// <summary>Davit's own HTTP API is held to what it promised in the commit before, by the same command that users have.</summary>
public sealed class OwnContractTests : IDisposable
{
    private const string Document = "docs/reference/openapi.json";

    private readonly Support.Davit _davit = new();

    public void Dispose() => _davit.Dispose();

    [Fact]
    public async Task The_API_breaks_nobody_since_this_change_began()
    {
        var ended = await CheckAsync(Repository.Root);

        Assert.SkipWhen(ended.Error.Contains("DV8204", StringComparison.Ordinal), "THE OWN API WAS NOT CHECKED: this clone has only the last commit");
        ended.Exit.ShouldBe(0, ended.ToString());
        ended.Error.ShouldContain("1 contract, ");
    }

    [Fact]
    public async Task An_endpoint_that_breaks_is_caught()
    {
        var api = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, Document), TestContext.Current.CancellationToken))!;
        await _davit.GitAsync("init", "-q", "-b", "main");
        _davit.With(Document, api.ToJsonString()).With(".davit/contracts.yaml", await File.ReadAllTextAsync(Path.Combine(Repository.Root, ".davit", "contracts.yaml"), TestContext.Current.CancellationToken));
        await _davit.GitAsync("add", "-A");
        await _davit.GitAsync("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "one");
        api["paths"]!.AsObject().First().Value!["get"]!["parameters"] = new JsonArray(new JsonObject { ["name"] = "tenant", ["in"] = "query", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } });
        _davit.With(Document, api.ToJsonString());

        var ended = await CheckAsync(_davit.Home);

        ended.Exit.ShouldBe(100, ended.ToString());
        ended.Out.ShouldContain("oas-new-required-request-parameter");
    }

    private Task<Support.Ended> CheckAsync(string directory) => _davit.RunAsync(["contract", "check"], [("PATH", "/usr/bin:/bin")], directory);
}
