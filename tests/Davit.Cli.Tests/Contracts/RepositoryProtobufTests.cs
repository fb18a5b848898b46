using System.Text.Json.Nodes;

namespace Davit.Cli.Tests.Contracts;

/// <summary>A repository tells itself which of its Protobuf files are one contract, and each is compared with what it was.</summary>
public sealed class RepositoryProtobufTests : IDisposable
{
    private const string Order = "syntax = \"proto3\";\npackage shop.v1;\nimport \"money/v1/money.proto\";\nmessage Order {\n  string id = 1;\n  money.v1.Money total = 2;\n}\n";
    private const string Money = "syntax = \"proto3\";\npackage money.v1;\nimport \"google/protobuf/timestamp.proto\";\nmessage Money {\n  int64 units = 1;\n  google.protobuf.Timestamp at = 2;\n}\n";
    private const string Plain = "syntax = \"proto3\";\nmessage Plain {\n  string id = 1;\n}\n";
    private const string Broken = "syntax = \"proto3\";\nmessage {\n";

    private readonly Support.Davit _davit = new Support.Davit().With("tmp/.gitkeep", "").With(".gitignore", "tmp/*\nconfig/\n");

    public void Dispose()
    {
        Directory.EnumerateDirectories(Path.Combine(_davit.Home, "tmp")).ShouldBeEmpty();
        _davit.Dispose();
    }

    [Fact]
    public async Task Roots_import_each_other_and_each_is_a_contract()
    {
        _davit.With("services/shop/proto/shop/v1/order.proto", Order).With("libs/proto/money/v1/money.proto", Money);
        await _davit.CommitAsync("one");
        (await CheckAsync(0, "--against", "HEAD")).Error.ShouldContain("2 contracts, 0 compared");
        _davit.With("libs/proto/money/v1/money.proto", Narrow(Money, "int64 units"));

        var ended = await CheckAsync(100);

        ended.Error.ShouldContain("2 contracts, 2 compared");
        (await ToldAsync()).ShouldBe(["libs/proto libs/proto pb-field-same-type@money/v1/money.proto:5", "services/shop/proto services/shop/proto "]);
    }

    [Fact]
    public async Task Forges_are_told_paths_from_the_top()
    {
        _davit.With("services/shop/proto/shop/v1/order.proto", Order).With("libs/proto/money/v1/money.proto", Money).With("top.proto", Plain);
        await _davit.CommitAsync("one");
        _davit.With("libs/proto/money/v1/money.proto", Narrow(Money, "int64 units")).With("top.proto", Narrow(Plain, "string id"));

        var forge = (await CheckAsync(100, "-o", "github")).Out;

        forge.ShouldContain("file=libs/proto/money/v1/money.proto,line=5");
        forge.ShouldContain("file=top.proto,line=3");
        (await CheckAsync(100, "-o", "sarif")).Out.ShouldContain("\"uri\": \"libs/proto/money/v1/money.proto\"");
    }

    [Fact]
    public async Task The_top_of_the_repository_can_be_a_root()
    {
        _davit.With("shop/v1/order.proto", Order).With("money/v1/money.proto", Money).With("plain.proto", Plain);
        await _davit.CommitAsync("one");
        _davit.With("shop/v1/order.proto", Narrow(Order, "string id"));

        (await ToldAsync()).ShouldBe([". . pb-field-same-type@shop/v1/order.proto:5"]);
    }

    [Fact]
    public async Task Files_without_a_package_are_told_by_their_imports_and_roots_may_lie_in_each_other()
    {
        _davit.With("api/a.proto", "syntax = \"proto3\";\nimport \"nested/b.proto\";\nmessage A { B b = 1; }\n").With("api/nested/b.proto", "syntax = \"proto3\";\nmessage B {\n  string id = 1;\n}\n");
        await _davit.CommitAsync("one");
        _davit.With("api/nested/b.proto", "syntax = \"proto3\";\nmessage B {\n  int32 id = 1;\n}\n");

        (await ToldAsync()).ShouldBe(["api api ", "api/nested api/nested pb-field-same-type@b.proto:3"]);
    }

    [Fact]
    public async Task A_first_import_that_moves_a_file_to_another_root_removes_nothing()
    {
        _davit.With("api/acme/a.proto", Plain).With("api/acme/b.proto", "syntax = \"proto3\";\nmessage B {}\n");
        await _davit.CommitAsync("one");
        _davit.With("api/acme/a.proto", Plain.Replace("message", "import \"acme/b.proto\";\nmessage", StringComparison.Ordinal));

        (await CheckAsync(0)).Error.ShouldContain("2 contracts, 2 compared");
        (await ToldAsync(0)).ShouldBe(["api api ", "api/acme api/acme "]);
    }

    [Fact]
    public async Task What_did_not_compile_before_is_told_as_new()
    {
        _davit.With("a/x.proto", Broken).With("b/y.proto", Broken).With("c/z.proto", Broken);
        await _davit.CommitAsync("one");
        _davit.With("a/x.proto", Plain).With("d/new.proto", Broken);
        File.Delete(Path.Combine(_davit.Home, "c/z.proto"));

        var ended = await CheckAsync(0);

        ended.Error.ShouldContain("4 contracts, 1 compared");
        ended.Error.ShouldContain("a: these .proto files did not compile before and are told as new: git:");
        ended.Error.ShouldContain(":a/x.proto:2:9: ");
        ended.Error.ShouldContain("b: these .proto files did not compile before, do not now, and are not compared: b/y.proto:2:9: ");
        ended.Error.ShouldContain("c: these .proto files are gone and did not compile before: ");
        ended.Error.ShouldContain("d: these .proto files are new, do not compile and are not compared: d/new.proto:2:9: ");
        ended.Out.ShouldContain("contract-added");
    }

    [Fact]
    public async Task What_does_not_compile_any_more_is_a_problem()
    {
        _davit.With("a/x.proto", Plain);
        await _davit.CommitAsync("one");
        _davit.With("a/x.proto", Broken);

        var ended = await CheckAsync(1);

        ended.Out.ShouldBeEmpty();
        ended.Error.ShouldContain("DV8101");
        ended.Error.ShouldContain("a/x.proto:2:9: ");
    }

    [Fact]
    public async Task What_another_root_lacks_is_a_problem_too()
    {
        _davit.With("services/shop/proto/shop/v1/order.proto", Order).With("libs/proto/money/v1/money.proto", Money);
        await _davit.CommitAsync("one");
        File.Delete(Path.Combine(_davit.Home, "libs/proto/money/v1/money.proto"));

        (await CheckAsync(1)).Error.ShouldContain("services/shop/proto/shop/v1/order.proto:3:1: ");
    }

    [Fact]
    public async Task A_problem_does_not_name_every_root()
    {
        for (var i = 0; i < 30; i++)
            _davit.With($"d{i:00}/x.proto", Plain);
        await _davit.CommitAsync("one");
        _davit.With("d00/x.proto", "syntax = \"proto3\";\nimport \"gone.proto\";\n");

        var ended = await CheckAsync(1);

        ended.Error.ShouldContain("looked for in d00, d01, ");
        ended.Error.ShouldContain("d09, 21 more and among");
        ended.Error.ShouldNotContain("d10");
    }

    [Fact]
    public async Task Contracts_come_go_and_move()
    {
        _davit.With("gone/a.proto", Plain).With("old/acme/v1/b.proto", Plain.Replace("message", "package acme.v1;\nmessage", StringComparison.Ordinal));
        await _davit.CommitAsync("one");
        File.Delete(Path.Combine(_davit.Home, "gone/a.proto"));
        await _davit.GitAsync("mv", "old", "moved");
        _davit.With("new/c.proto", "edition = \"2023\";\nmessage Another { bytes other = 7; }\n");

        (await ToldAsync()).ShouldBe(["gone nothing contract-removed", "old moved contract-moved", "nothing new contract-added"]);
    }

    [Fact]
    public async Task What_is_ignored_is_no_contract_but_can_be_imported()
    {
        _davit.With("shop/v1/order.proto", Order).With("third_party/money/v1/money.proto", Money).With(".davit/contracts.yaml", "ignore: [\"third_party/*\"]\n")
            .With("node_modules/x.proto", Broken).With(".hidden/x.proto", Broken).With("tmp/x.proto", Broken);
        await _davit.CommitAsync("one");
        _davit.With("third_party/money/v1/money.proto", Narrow(Money, "int64 units"));

        var ended = await CheckAsync(0);

        ended.Error.ShouldContain("1 contract, 1 compared");
        ended.Error.ShouldNotContain("do not compile");
    }

    [Fact]
    public async Task Links_lead_nowhere()
    {
        using var elsewhere = new Support.Davit().With("secret/secret.proto", Plain).With("plain.proto", Plain);
        _davit.With("api/a.proto", Plain);
        await _davit.CommitAsync("one");
        File.CreateSymbolicLink(Path.Combine(_davit.Home, "api/link.proto"), Path.Combine(elsewhere.Home, "plain.proto"));
        Directory.CreateSymbolicLink(Path.Combine(_davit.Home, "api/secret"), Path.Combine(elsewhere.Home, "secret"));
        _davit.With("b/b.proto", "syntax = \"proto3\";\nimport \"api/link.proto\";\nmessage B {}\n");

        var ended = await CheckAsync(0);

        ended.Error.ShouldContain("2 contracts, 1 compared");
        ended.Error.ShouldContain("b: these .proto files are new, do not compile and are not compared: b/b.proto:2:1: ");
    }

    [Fact]
    public async Task A_directory_that_became_a_link_is_not_followed()
    {
        using var elsewhere = new Support.Davit().With("a.proto", Narrow(Plain, "string id"));
        _davit.With("api/a.proto", Plain);
        await _davit.CommitAsync("one");
        Directory.Delete(Path.Combine(_davit.Home, "api"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(_davit.Home, "api"), elsewhere.Home);

        (await ToldAsync()).ShouldBe(["api nothing contract-removed"]);
    }

    [Fact]
    public async Task The_first_commit_has_nothing_before_it()
    {
        _davit.With("api/a.proto", Plain);
        await _davit.CommitAsync("one");

        (await ToldAsync(0)).ShouldBe(["nothing api contract-added"]);
    }

    [Fact]
    public async Task A_directory_whose_name_parts_paths_keeps_no_other_from_being_compared()
    {
        _davit.With("a:b/x.proto", Plain).With("c/y.proto", Plain);
        await _davit.CommitAsync("one");
        _davit.With("a:b/x.proto", Narrow(Plain, "string id")).With("c/y.proto", Narrow(Plain, "string id"));

        (await ToldAsync()).ShouldBe(["a:b a:b pb-field-same-type@x.proto:3", "c c pb-field-same-type@y.proto:3"]);
    }

    [Fact]
    public async Task A_finding_is_explained_and_permitted()
    {
        _davit.With("api/a.proto", Plain);
        await _davit.CommitAsync("one");
        _davit.With("api/a.proto", Narrow(Plain, "string id"));
        var fingerprint = (string)JsonNode.Parse((await CheckAsync(100, "-o", "json")).Out)!["contracts"]![0]!["findings"]![0]!["fingerprint"]!;

        (await RunAsync("explain", fingerprint)).Out.ShouldContain("pb-field-same-type");
        (await RunAsync("accept", fingerprint, "--reason", "nobody sends this any more", "--until", "2027-02-28", "--owner", "ana", "--today", "2027-01-31")).Exit.ShouldBe(0);
        (await CheckAsync(0, "--today", "2027-01-31")).Out.ShouldContain("1 waived");
    }

    private static string Narrow(string text, string field) => text.Replace(field, $"bool{field[field.IndexOf(' ', StringComparison.Ordinal)..]}", StringComparison.Ordinal);

    /// <summary>Each contract with both names, and its findings with their files as programs see them.</summary>
    private async Task<string[]> ToldAsync(int exit = 100)
    {
        var report = JsonNode.Parse((await CheckAsync(exit, "-o", "json", "--profile", "buf-file")).Out)!;
        return [.. report["contracts"]!.AsArray().Select(c => $"{c!["old"]} {c["new"]} {string.Join(',', c["findings"]!.AsArray().Select(f => $"{f!["rule"]}{(f["new"] is { } at ? $"@{at["file"]}:{at["line"]}" : "")}"))}")];
    }

    private async Task<Support.Ended> CheckAsync(int exit, params string[] arguments)
    {
        var ended = await RunAsync(["check", .. arguments]);
        ended.Exit.ShouldBe(exit, ended.ToString());
        return ended;
    }

    private Task<Support.Ended> RunAsync(params string[] arguments) =>
        _davit.RunAsync(["contract", .. arguments], [("PATH", "/usr/bin:/bin"), ("TMPDIR", Path.Combine(_davit.Home, "tmp"))], _davit.Home);
}
