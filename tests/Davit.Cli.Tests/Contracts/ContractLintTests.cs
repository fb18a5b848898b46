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
        .With("schema.json", "{ \"type\": \"object\" }")
        .With("models.yaml", "Order: { type: object }")
        .With("shop.graphql", "type Query { orders: [Int] }")
        .With("shop.proto", "syntax = \"proto3\";");

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
    [InlineData(1, "shop.graphql")]
    [InlineData(1, "shop.proto")]
    [InlineData(1, "schema.json", "models.yaml")]
    [InlineData(1, "good.yaml", "missing.yaml")]
    [InlineData(0, "good.yaml", "models.yaml", "shop.graphql", "shop.proto")]
    [InlineData(100, "models.yaml", "bad.yaml")]
    [InlineData(2, "bad.yaml", "--fail-on", "info")]
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
        report["contracts"]!.AsArray().Select(c => (string)c!["new"]!).ShouldBe(["good.yaml", "bad.yaml"]);
        report["contracts"]![0]!["findings"]!.AsArray().ShouldBeEmpty();
        var finding = report["contracts"]![1]!["findings"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)finding["rule"]!).ShouldBe("oas-lint-info-title-required");
        ((string)finding["aliases"]!["oasdiff"]![0]!).ShouldBe("info-title-required");
        ((string)finding["pointer"]!).ShouldBe("/info");
        ((string)finding["new"]!["file"]!).ShouldBe("bad.yaml");
        finding["old"].ShouldBeNull();
    }

    [Fact]
    public async Task One_file_is_one_contract()
    {
        var report = JsonNode.Parse((await RunAsync("bad.yaml", "models.yaml", "--json")).Out)!;

        ((string)report["new"]!).ShouldBe("bad.yaml");
        report["findings"]!.AsArray().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("models.yaml")]
    [InlineData("shop.graphql")]
    [InlineData("shop.proto")]
    public async Task What_is_no_OpenAPI_document_is_passed_over_beside_others(string file)
    {
        var beside = await RunAsync("good.yaml", file);
        beside.Out.ShouldBe("nothing is wrong with good.yaml\n");
        beside.Error.ShouldContain($"'{file}' is no OpenAPI document and is passed over");

        var alone = await RunAsync(file);
        alone.Error.ShouldContain($"'{file}' is no OpenAPI document; lint reads OpenAPI documents only");
        alone.Error.ShouldContain("Name an OpenAPI document: davit contract lint openapi.yaml");
    }

    [Fact]
    public async Task The_levels_to_fail_on_are_those_of_lint() =>
        (await RunAsync("bad.yaml", "--fail-on", "info")).Error.ShouldContain("--fail-on error, --fail-on warning, --fail-on note or --fail-on none");

    [Theory]
    [InlineData("sarif", "\"startLine\": 2")]
    [InlineData("junit", "failures=\"1\"")]
    [InlineData("github", "::error file=bad.yaml,line=2")]
    [InlineData("gitlab", "\"severity\": \"critical\"")]
    [InlineData("markdown", "### 1 error\n")]
    public async Task Other_forms_carry_the_place(string form, string expected) => (await RunAsync("bad.yaml", "-o", form)).Out.ShouldContain(expected);

    private Task<Support.Ended> RunAsync(params string[] arguments) => _davit.RunAsync(["contract", "lint", .. arguments], [], _davit.Home);
}
