using System.Text.Json.Nodes;

namespace Davit.Cli.Tests.Contracts;

/// <summary>Two directories: the contracts at the same paths are compared, whatever they are.</summary>
public sealed class ContractDirectoryTests : IDisposable
{
    private const string Schema = "type Query { hello: String, bye: String }";
    private const string Narrower = "type Query { hello: String }";
    private const string Message = "syntax = \"proto3\"; package a; message M { string id = 1; }";

    private readonly Support.Davit _davit = new();

    public void Dispose() => _davit.Dispose();

    [Fact]
    public async Task Each_contract_is_compared_with_the_one_at_its_path()
    {
        _davit.With("old/api/schema.graphql", Schema).With("new/api/schema.graphql", Narrower)
            .With("old/gone.schema.json", "{ \"type\": \"string\" }").With("new/came.schema.json", "{ \"type\": \"string\" }")
            .With("old/a.proto", Message).With("new/a.proto", Message.Replace("string id", "int32 id", StringComparison.Ordinal))
            .With("old/notes.yaml", "hello: there").With("new/notes.yaml", "hello: you");

        var report = JsonNode.Parse((await RunAsync(100, "old", "new", "-o", "json")).Out)!;

        ((string)report["against"]!).ShouldBe("old");
        report["contracts"]!.AsArray().Select(c => $"{c!["format"]} {c["old"]} {c["new"]} {string.Join(',', c["findings"]!.AsArray().Select(f => (string)f!["rule"]!))}").ShouldBe(
        [
            "protobuf old new pb-field-same-type",
            "graphql old/api/schema.graphql new/api/schema.graphql gql-field-removed",
            "json-schema nothing new/came.schema.json contract-added",
            "json-schema old/gone.schema.json nothing contract-removed",
        ]);
    }

    [Fact]
    public async Task One_contract_alone_is_reported_like_a_file()
    {
        _davit.With("old/schema.graphql", Schema).With("new/schema.graphql", Narrower);

        var report = JsonNode.Parse((await RunAsync(100, "old", "new", "-o", "json")).Out)!;

        ((string)report["format"]!).ShouldBe("graphql");
        ((string)report["findings"]![0]!["rule"]!).ShouldBe("gql-field-removed");
    }

    [Fact]
    public async Task Directories_without_a_contract_are_a_problem()
    {
        _davit.With("old/readme.txt", "x").With("new/readme.txt", "x");

        (await RunAsync(1, "old", "new")).Error.ShouldContain("neither 'old' nor 'new' holds a contract");
    }

    [Fact]
    public async Task The_format_can_be_named()
    {
        _davit.With("old.txt", "{ \"type\": \"string\" }").With("new.txt", "{ \"type\": \"integer\" }");

        var report = JsonNode.Parse((await RunAsync(100, "old.txt", "new.txt", "--format", "json-schema", "-o", "json")).Out)!;

        ((string)report["format"]!).ShouldBe("json-schema");
        foreach (var wrong in (string[])["openapi", "asyncapi", "graphql", "protobuf"])
            (await RunAsync(1, "old.txt", "new.txt", "--format", wrong)).Error.ShouldContain($"'new.txt' cannot be read as {wrong}");
        (await RunAsync(2, "old.txt", "new.txt", "--format", "cobol")).Error.ShouldContain("'cobol' is no format");
    }

    private async Task<Support.Ended> RunAsync(int exit, params string[] arguments)
    {
        var ended = await _davit.RunAsync(["contract", "diff", .. arguments], [("PATH", "/usr/bin:/bin")], _davit.Home);
        ended.Exit.ShouldBe(exit, ended.ToString());
        return ended;
    }
}
