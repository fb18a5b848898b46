using System.Text.Json.Nodes;

namespace Davit.Cli.Tests.Contracts;

/// <summary>The executable compares files, revisions and standard input, reads nothing else, and tells by its exit code.</summary>
public sealed class ContractDiffTests : IDisposable
{
    private const string Old = """
        openapi: 3.1.0
        info: { title: Orders, version: 1.0.0 }
        paths:
          /orders: { get: { responses: { '200': { description: Orders } } } }
          /orders/{id}: { get: { responses: { '200': { description: An order } } } }
        """;

    private const string New = """
        openapi: 3.1.0
        info: { title: Orders, version: 1.0.0 }
        paths:
          /orders: { get: { responses: { '200': { description: Orders }, '404': { description: None } } } }
        """;

    private readonly Support.Davit _davit = new Support.Davit().With("old.yaml", Old).With("new.yaml", New);

    public void Dispose() => _davit.Dispose();

    [Theory]
    [InlineData(100, "old.yaml", "new.yaml")]
    [InlineData(0, "new.yaml", "new.yaml")]
    [InlineData(0, "old.yaml", "new.yaml", "--fail-on", "none")]
    [InlineData(2, "old.yaml", "new.yaml", "--fail-on", "always")]
    [InlineData(2, "old.yaml", "new.yaml", "--profile", "nobody")]
    [InlineData(2, "old.yaml", "new.yaml", "--today", "soon")]
    [InlineData(2, "old.yaml", "new.yaml", "-o", "pdf")]
    [InlineData(2, "-", "-")]
    [InlineData(2, "git:main", "new.yaml")]
    [InlineData(2, "git:--exec=x:new.yaml", "new.yaml")]
    [InlineData(1, "missing.yaml", "new.yaml")]
    [InlineData(1, ".", "new.yaml")]
    public async Task The_exit_code_says_how_it_went(int exit, params string[] arguments)
    {
        var ended = await RunAsync(arguments);

        ended.Exit.ShouldBe(exit, ended.ToString());
        if (exit is 1 or 2)
            ended.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_report_for_programs_is_one_document()
    {
        var report = JsonNode.Parse((await RunAsync("old.yaml", "new.yaml", "--json")).Out)!;

        ((string)report["format"]!).ShouldBe("openapi");
        ((int)report["summary"]!["breaking"]!).ShouldBe(1);
        var finding = report["findings"]![0]!;
        ((string)finding["rule"]!).ShouldBe("oas-api-path-removed-without-deprecation");
        ((string)finding["aliases"]!["oasdiff"]![0]!).ShouldBe("api-path-removed-without-deprecation");
        ((string)finding["level"]!["oasdiff"]!).ShouldBe("error");
        ((string)finding["old"]!["file"]!).ShouldBe("old.yaml");
        ((int)finding["old"]!["line"]!).ShouldBe(5);
    }

    [Fact]
    public async Task A_revision_is_read_as_git_keeps_it()
    {
        foreach (var line in (string[][])[["init", "-q"], ["add", "old.yaml"], ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "one"]])
            await _davit.GitAsync(line);
        _davit.With("old.yaml", New);

        var ended = await RunAsync("git:HEAD:old.yaml", "old.yaml");

        ended.Exit.ShouldBe(100, ended.ToString());
        ended.Out.ShouldContain("1 breaking change");
        var missing = await RunAsync("git:v9:old.yaml", "old.yaml");
        missing.Exit.ShouldBe(1);
        missing.Error.ShouldContain("DV8204");
    }

    [Fact]
    public async Task Files_outside_the_directory_are_not_read_whatever_links_say()
    {
        var outside = Path.Combine(_davit.Home, "outside.yaml");
        _davit.With("outside.yaml", "type: object").With("inside/api.yaml", Referring("link.yaml")).With("inside/up.yaml", Referring("../outside.yaml"));
        File.CreateSymbolicLink(Path.Combine(_davit.Home, "inside", "link.yaml"), outside);
        var inside = Path.Combine(_davit.Home, "inside");

        var linked = await _davit.RunAsync(["contract", "diff", "api.yaml", "api.yaml"], [], inside);
        var upward = await _davit.RunAsync(["contract", "diff", "up.yaml", "up.yaml"], [], inside);

        linked.Error.ShouldContain("DV8015");
        upward.Error.ShouldContain("DV8016");
    }

    [Fact]
    public async Task Rules_are_found_by_the_names_of_others()
    {
        var ended = await _davit.RunAsync("contract", "rules", "oasdiff:request-body-removed");

        ended.Exit.ShouldBe(0);
        ended.Out.ShouldStartWith("oas-request-body-removed");
        (await _davit.RunAsync("contract", "rules", "oas-request-body-remove")).Error.ShouldContain("oas-request-body-removed");
    }

    private static string Referring(string file) => Old + $"\ncomponents: {{ schemas: {{ A: {{ $ref: '{file}' }} }} }}\n" + "webhooks: { w: { post: { requestBody: { content: { application/json: { schema: { $ref: '" + file + "' } } } }, responses: {} } } }\n";

    private Task<Support.Ended> RunAsync(params string[] arguments) => _davit.RunAsync(["contract", "diff", .. arguments], [("PATH", "/usr/bin:/bin")], _davit.Home);
}
