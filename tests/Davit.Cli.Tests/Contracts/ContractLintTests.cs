using System.Text.Json.Nodes;

namespace Davit.Cli.Tests.Contracts;

/// <summary>The executable judges documents by themselves and tells by its exit code.</summary>
public sealed class ContractLintTests : IDisposable
{
    private const string Good = """
        openapi: 3.1.0
        info: { title: Orders, version: 1.0.0 }
        security: []
        paths:
          /orders: { get: { operationId: list, summary: All, responses: { '200': { description: Orders } } } }
        """;

    private readonly Support.Davit _davit = new Support.Davit().With("good.yaml", Good)
        .With("warned.yaml", Good.Replace("operationId: list, ", "", StringComparison.Ordinal))
        .With("bad.yaml", Good.Replace("title: Orders, ", "", StringComparison.Ordinal))
        .With("schema.json", "{ \"type\": \"object\" }");

    public void Dispose() => _davit.Dispose();

    [Theory]
    [InlineData(0, "good.yaml")]
    [InlineData(0, "warned.yaml")]
    [InlineData(100, "warned.yaml", "--fail-on", "warning")]
    [InlineData(0, "warned.yaml", "--fail-on", "warning", "--profile", "oasdiff")]
    [InlineData(100, "bad.yaml")]
    [InlineData(100, "good.yaml", "bad.yaml")]
    [InlineData(0, "bad.yaml", "--fail-on", "none")]
    [InlineData(2)]
    [InlineData(2, "bad.yaml", "--fail-on", "always")]
    [InlineData(2, "bad.yaml", "--profile", "openapi-diff")]
    [InlineData(2, "bad.yaml", "-o", "pdf")]
    [InlineData(2, "bad.yaml", "--today", "soon")]
    [InlineData(1, "missing.yaml")]
    [InlineData(1, "schema.json")]
    public async Task The_exit_code_says_how_it_went(int exit, params string[] arguments)
    {
        var ended = await RunAsync(arguments);

        ended.Exit.ShouldBe(exit, ended.ToString());
        if (exit is 1 or 2)
            ended.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task People_read_what_is_wrong_where_and_what_to_do()
    {
        var ended = await RunAsync("bad.yaml");

        ended.Out.ShouldStartWith("error    the title is missing\n");
        ended.Out.ShouldContain("at       bad.yaml:2:1  info: { version: 1.0.0 }");
        ended.Out.ShouldContain("instead  Give info a title.");
        ended.Out.ShouldEndWith("1 error, 0 warnings, 0 notes\n");
        (await RunAsync("good.yaml")).Out.ShouldBe("nothing is wrong with good.yaml\n");
    }

    [Fact]
    public async Task The_report_for_programs_is_one_document()
    {
        var report = JsonNode.Parse((await RunAsync("good.yaml", "bad.yaml", "--json")).Out)!;

        ((int)report["summary"]!["breaking"]!).ShouldBe(1);
        ((string)report["new"]!).ShouldBe("good.yaml, bad.yaml");
        var finding = report["findings"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)finding["rule"]!).ShouldBe("oas-lint-info-title-required");
        ((string)finding["aliases"]!["oasdiff"]![0]!).ShouldBe("info-title-required");
        ((string)finding["pointer"]!).ShouldBe("/info");
        ((string)finding["new"]!["file"]!).ShouldBe("bad.yaml");
        finding["old"].ShouldBeNull();
    }

    [Theory]
    [InlineData("sarif", "\"startLine\": 2")]
    [InlineData("junit", "failures=\"1\"")]
    [InlineData("github", "::error file=bad.yaml,line=2")]
    [InlineData("gitlab", "\"severity\": \"critical\"")]
    [InlineData("markdown", "### 1 error\n")]
    public async Task Other_forms_carry_the_place(string form, string expected) => (await RunAsync("bad.yaml", "-o", form)).Out.ShouldContain(expected);

    private Task<Support.Ended> RunAsync(params string[] arguments) => _davit.RunAsync(["contract", "lint", .. arguments], [], _davit.Home);
}
