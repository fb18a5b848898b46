using System.Text.Json.Nodes;

namespace Davit.Cli.Tests.Contracts;

/// <summary>The executable compiles Protobuf files wherever they are, leaves nothing behind, and says why it cannot.</summary>
public sealed class ContractProtobufTests : IDisposable
{
    private const string Old = "syntax = \"proto3\";\npackage acme.v1;\nimport \"acme/v1/money.proto\";\nmessage Order {\n  string id = 1;\n  Money total = 2;\n}\n";
    private const string New = "syntax = \"proto3\";\npackage acme.v1;\nimport \"acme/v1/money.proto\";\nmessage Order {\n  int32 id = 1;\n  Money total = 2;\n}\n";
    private const string Money = "syntax = \"proto3\";\npackage acme.v1;\nimport \"google/protobuf/timestamp.proto\";\nmessage Money { google.protobuf.Timestamp at = 1; }\n";

    private readonly Support.Davit _davit = new Support.Davit().With("old/acme/v1/order.proto", Old).With("old/acme/v1/money.proto", Money)
        .With("new/acme/v1/order.proto", New).With("new/acme/v1/money.proto", Money).With("tmp/.keep", "");

    public void Dispose() => _davit.Dispose();

    [Theory]
    [InlineData("old", "new")]
    [InlineData("old/acme/v1/order.proto", "new/acme/v1/order.proto")]
    public async Task Directories_and_single_files_are_compiled_and_compared(string old, string @new)
    {
        var ended = await DiffAsync(old, @new, "--profile", "buf-file", "--json");

        ended.Exit.ShouldBe(100, ended.ToString());
        var finding = JsonNode.Parse(ended.Out)!["findings"].ShouldBeOfType<JsonArray>().ShouldHaveSingleItem()!;
        ((string)finding["aliases"]!["buf"]![0]!).ShouldBe("FIELD_SAME_TYPE");
        ((string)finding["new"]!["file"]!).ShouldBe("acme/v1/order.proto");
        ((string[])["line", "column", "endLine", "endColumn"]).Select(p => (int)finding["new"]![p]!).ShouldBe([5, 3, 5, 8]);
        Directory.EnumerateDirectories(Path.Combine(_davit.Home, "tmp")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_descriptor_set_is_compared_as_it_is()
    {
        await File.WriteAllBytesAsync(Path.Combine(_davit.Home, "old.binpb"), Set([0x22, 3, 0x0A, 1, (byte)'A']), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(_davit.Home, "new.binpb"), Set([]), TestContext.Current.CancellationToken);

        var ended = await DiffAsync("old.binpb", "new.binpb");

        ended.Exit.ShouldBe(100, ended.ToString());
        ended.Out.ShouldContain("pb-message-no-delete");
        (await DiffAsync("old.binpb", "old.binpb")).Exit.ShouldBe(0);
    }

    [Theory]
    [InlineData("syntax = \"proto3\";\nmessage {", "acme/v1/order.proto:2:9: ")]
    [InlineData("syntax = \"proto3\";\nimport \"acme/v1/gone.proto\";", "acme/v1/order.proto:2:1: ")]
    [InlineData("syntax = \"proto3\";\nimport \"acme/v1/order.proto\";", "recursively")]
    [InlineData("\0\0rubbish", "acme/v1/order.proto:1:1: ")]
    public async Task What_does_not_compile_is_a_problem_with_its_place(string text, string said)
    {
        _davit.With("new/acme/v1/order.proto", text);

        var ended = await DiffAsync("old", "new");

        ended.Exit.ShouldBe(1, ended.ToString());
        ended.Out.ShouldBeEmpty();
        ended.Error.ShouldContain("DV8101");
        ended.Error.ShouldContain(said);
        Directory.EnumerateDirectories(Path.Combine(_davit.Home, "tmp")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_looks_like_an_option_is_none()
    {
        _davit.With("new/--version.proto", "syntax = \"proto3\";\n").With("new/@args.proto", "syntax = \"proto3\";\n");

        (await DiffAsync("old", "new")).Exit.ShouldBe(100);
    }

    [Fact]
    public async Task A_revision_has_directories_and_files_too()
    {
        await _davit.CommitAsync("one");
        _davit.With("old/acme/v1/order.proto", New);

        (await DiffAsync("git:HEAD:old", "old")).Out.ShouldContain("acme/v1/order.proto:5:3  string id = 1;");
        (await DiffAsync("git:HEAD:old/acme/v1/order.proto", "old/acme/v1/order.proto")).Exit.ShouldBe(100);
        (await DiffAsync("git:HEAD:old", "git:HEAD:old")).Exit.ShouldBe(0);
        (await DiffAsync("git:HEAD:tmp", "old")).Error.ShouldContain("DV8204");
        Directory.EnumerateDirectories(Path.Combine(_davit.Home, "tmp")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_of_a_revision_cannot_lead_out_of_the_working_directory()
    {
        await _davit.CommitAsync("one");
        _davit.With("tmp/new/acme/v1/order.proto", New);

        var ended = await _davit.RunAsync(["contract", "diff", "git:HEAD:../new/acme/v1/order.proto", "acme/v1/order.proto"], [("PATH", "/usr/bin:/bin"), ("TMPDIR", Path.Combine(_davit.Home, "tmp"))], Path.Combine(_davit.Home, "old"));

        ended.Exit.ShouldBe(1, ended.ToString());
        ended.Error.ShouldContain("DV8204");
        ended.Error.ShouldContain("leads out of the working directory");
        (await DiffAsync("git:HEAD:/etc/x.proto", "old")).Error.ShouldContain("leads out of the working directory");
    }

    [Fact]
    public async Task What_is_hidden_in_a_revision_is_passed_over_as_on_disk()
    {
        _davit.With("old/node_modules/x.proto", "message {").With("old/.cache/x.proto", "message {");
        await _davit.CommitAsync("one");

        (await DiffAsync("git:HEAD:old", "old")).Exit.ShouldBe(0);
    }

    [Fact]
    public async Task A_revision_that_does_not_compile_is_named_as_the_user_named_it()
    {
        _davit.With("old/acme/v1/order.proto", "syntax = \"proto3\";\nimport \"acme/v1/gone.proto\";");
        await _davit.CommitAsync("one");

        var directory = await DiffAsync("git:HEAD:old", "new");
        var file = await DiffAsync("git:HEAD:old/acme/v1/order.proto", "new");

        directory.Error.ShouldContain("looked for in git:HEAD:old and");
        file.Error.ShouldContain("git:HEAD:.");
        (directory.Error + file.Error).ShouldNotContain("davit-contract-");
    }

    [Fact]
    public async Task Forges_are_told_the_files_of_the_repository_and_programs_those_of_the_contract()
    {
        _davit.With(".davit/contracts.yaml", "provides: [old]\n");
        await _davit.CommitAsync("one");
        _davit.With("old/acme/v1/order.proto", New);

        foreach (var verb in (string[][])[["diff", "git:HEAD:old", "old"], ["diff", "old", "git:HEAD:old"], ["check"]])
        {
            (await RunAsync([.. verb, "-o", "github"])).Out.ShouldContain("file=old/acme/v1/order.proto,line=5");
            (await RunAsync([.. verb, "-o", "gitlab"])).Out.ShouldContain("\"path\": \"old/acme/v1/order.proto\"");
            (await RunAsync([.. verb, "-o", "sarif"])).Out.ShouldContain("\"uri\": \"old/acme/v1/order.proto\"");
            (await RunAsync([.. verb, "-o", "json"])).Out.ShouldContain("\"file\": \"acme/v1/order.proto\"");
        }

        (await DiffAsync("git:HEAD:old/acme/v1/order.proto", "old/acme/v1/order.proto", "-o", "github")).Out.ShouldContain("file=old/acme/v1/order.proto,line=5");
    }

    [Theory]
    [InlineData("syntax = \"proto3\"; message A {}", 1, "must be named")]
    [InlineData("", 100, "")]
    public async Task Standard_input_holds_a_descriptor_set_or_nothing_of_the_kind(string text, int exit, string said)
    {
        await File.WriteAllBytesAsync(Path.Combine(_davit.Home, "old.binpb"), Set([0x22, 3, 0x0A, 1, (byte)'A']), TestContext.Current.CancellationToken);
        var input = text is "" ? Set([]) : System.Text.Encoding.UTF8.GetBytes(text);

        var ended = await _davit.FedAsync(input, ["contract", "diff", "old.binpb", "-"], _davit.Home);

        ended.Exit.ShouldBe(exit, ended.ToString());
        ended.Error.ShouldContain(said);
    }

    [Fact]
    public async Task A_declared_directory_is_one_contract_of_the_repository()
    {
        _davit.With(".davit/contracts.yaml", "provides: [old]\n");
        await _davit.CommitAsync("one");
        _davit.With("notes.txt", "nothing of a contract");
        var unchanged = await RunAsync("check");
        _davit.With("old/acme/v1/order.proto", New);
        var broken = await RunAsync("check");
        Directory.Delete(Path.Combine(_davit.Home, "old"), recursive: true);
        var gone = await RunAsync("check");

        unchanged.Error.ShouldContain("1 contract, 0 compared");
        broken.Exit.ShouldBe(100, broken.ToString());
        broken.Out.ShouldContain("pb-field-same-type");
        gone.Exit.ShouldBe(100, gone.ToString());
        gone.Out.ShouldContain("contract-removed");
    }

    /// <summary>One file of one name, and what it declares.</summary>
    private static byte[] Set(byte[] declared)
    {
        byte[] file = [0x0A, 7, .. "a.proto"u8, .. declared, 0x62, 6, .. "proto3"u8];
        return [0x0A, (byte)file.Length, .. file];
    }

    private Task<Support.Ended> DiffAsync(params string[] arguments) => RunAsync(["diff", .. arguments]);

    private Task<Support.Ended> RunAsync(params string[] arguments) =>
        _davit.RunAsync(["contract", .. arguments], [("PATH", "/usr/bin:/bin"), ("TMPDIR", Path.Combine(_davit.Home, "tmp"))], _davit.Home);
}
