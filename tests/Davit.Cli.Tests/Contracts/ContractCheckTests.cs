using System.Text.Json.Nodes;

namespace Davit.Cli.Tests.Contracts;

/// <summary>The executable finds the contracts of a real repository, compares them with where the change began, and takes waivers.</summary>
public sealed class ContractCheckTests : IAsyncLifetime
{
    private const string Old = """
        openapi: 3.1.0
        info: { title: Orders, version: 1.0.0 }
        paths:
          /orders: { get: { responses: { '200': { description: Orders } } } }
          /orders/{id}: { get: { responses: { '200': { description: An order } } } }
        """;

    private const string Broken = """
        openapi: 3.1.0
        info: { title: Orders, version: 1.1.0 }
        paths:
          /orders: { get: { responses: { '200': { description: Orders } } } }
        """;

    private const string Removed = "oas-api-path-removed-without-deprecation";

    private readonly Support.Davit _davit = new();

    public async ValueTask InitializeAsync()
    {
        await _davit.GitAsync("init", "-q", "-b", "main");
        _davit.With("api/openapi.yaml", Old).With("schema.graphql", "type Query { a: Int }\n").With("notes.yaml", "a: 1\n")
            .With("node_modules/x/openapi.yaml", Broken).With("config/.keep", "");
        await _davit.CommitAsync("one");
    }

    public ValueTask DisposeAsync()
    {
        _davit.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Nothing_changed_is_said_so()
    {
        _davit.With("notes.txt", "nothing of a contract");

        var ended = await CheckAsync();

        ended.Exit.ShouldBe(0, ended.ToString());
        ended.Error.ShouldContain("2 contracts, 0 compared with");
    }

    [Fact]
    public async Task What_the_working_tree_breaks_is_found_from_any_directory()
    {
        _davit.With("api/openapi.yaml", Broken);

        var ended = await _davit.RunAsync(["contract", "check"], Variables, Path.Combine(_davit.Home, "config"));

        ended.Exit.ShouldBe(100, ended.ToString());
        ended.Error.ShouldContain("the last commit");
        ended.Out.ShouldContain(Removed);
        ended.Out.ShouldContain("api/openapi.yaml:5:19");
        (await CheckAsync("--fail-on", "none")).Exit.ShouldBe(0);
    }

    [Fact]
    public async Task A_branch_is_compared_with_where_it_left_and_not_with_what_came_after()
    {
        await _davit.GitAsync("switch", "-qc", "change");
        _davit.With("schema.graphql", "type Query { a: Int, b: Int }\n");
        await _davit.CommitAsync("two");
        await _davit.GitAsync("switch", "-q", "main");
        _davit.With("api/openapi.yaml", Old.Replace("1.0.0", "1.0.1", StringComparison.Ordinal) + "\n  /more: { get: { responses: { '200': { description: More } } } }\n");
        await _davit.CommitAsync("three");
        await _davit.GitAsync("switch", "-q", "change");

        var ended = await CheckAsync("--json");

        ended.Exit.ShouldBe(0, ended.ToString());
        var contracts = JsonNode.Parse(ended.Out)!["contracts"]!.AsArray();
        contracts.Count.ShouldBe(1);
        ((string)contracts[0]!["new"]!).ShouldBe("schema.graphql");
        (await _davit.RunAsync(["contract", "check", "--against", "main"], Variables, _davit.Home)).Exit.ShouldBe(100);
    }

    [Fact]
    public async Task Contracts_that_come_go_and_move_are_told()
    {
        await _davit.GitAsync("mv", "api/openapi.yaml", "api/orders.yaml");
        File.Delete(Path.Combine(_davit.Home, "schema.graphql"));
        _davit.With("events/user.schema.json", """{ "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object" }""");

        var ended = await CheckAsync();

        ended.Exit.ShouldBe(100, ended.ToString());
        foreach (var told in (string[])["contract-moved", "contract-removed", "contract-added"])
            ended.Out.ShouldContain(told);
        ended.Out.ShouldContain("1 breaking change");
    }

    [Fact]
    public async Task Declared_contracts_are_the_only_ones_and_must_be_there()
    {
        _davit.With(".davit/contracts.yaml", "provides: [schema.graphql]\n").With("api/openapi.yaml", Broken);
        (await CheckAsync()).Error.ShouldContain("1 contract, ");

        _davit.With(".davit/contracts.yaml", "provides: [missing.graphql]\n");
        var missing = await CheckAsync();

        missing.Exit.ShouldBe(1);
        missing.Error.ShouldContain("DV8203");
    }

    [Fact]
    public async Task What_is_accepted_does_not_count_until_it_ends()
    {
        _davit.With("api/openapi.yaml", Broken);
        var fingerprint = (string)JsonNode.Parse((await CheckAsync("--json")).Out)!["contracts"]![0]!["findings"]![0]!["fingerprint"]!;

        var accepted = await RunAsync("accept", fingerprint, "--reason", "nobody calls it: see the access log", "--until", "2027-02-28", "--owner", "ana", "--today", "2027-01-31");

        accepted.Exit.ShouldBe(0, accepted.ToString());
        var waived = await CheckAsync("--today", "2027-02-28", "-o", "text", "-o", $"sarif={Path.Combine(_davit.Home, "out.sarif")}");
        waived.Exit.ShouldBe(0, waived.ToString());
        waived.Out.ShouldContain("1 waived");
        (await File.ReadAllTextAsync(Path.Combine(_davit.Home, "out.sarif"), TestContext.Current.CancellationToken)).ShouldContain("suppressions");
        var expired = await CheckAsync("--today", "2027-03-01");
        expired.Exit.ShouldBe(100);
        expired.Out.ShouldContain("waiver-expired");
        (await RunAsync("waivers", "list", "--today", "2027-01-31")).Out.ShouldContain("nobody calls it");
        (await RunAsync("accept", fingerprint, "--remove")).Exit.ShouldBe(0);
        (await CheckAsync()).Exit.ShouldBe(100);
    }

    [Theory]
    [InlineData(1, "DV8200", "0000000000000000", "--reason", "long enough it is", "--until", "2027-02-28", "--owner", "ana")]
    [InlineData(2, "less than 10 characters", "0000000000000000", "--reason", "short", "--until", "2027-02-28", "--owner", "ana")]
    [InlineData(2, "366", "0000000000000000", "--reason", "long enough it is", "--until", "2029-02-28", "--owner", "ana")]
    [InlineData(2, "366", "0000000000000000", "--reason", "long enough it is", "--until", "2026-02-28", "--owner", "ana")]
    [InlineData(2, "no last day", "0000000000000000", "--reason", "long enough it is", "--owner", "ana")]
    public async Task What_cannot_be_accepted_changes_nothing(int exit, string says, params string[] arguments)
    {
        _davit.With("api/openapi.yaml", Broken);

        var ended = await RunAsync(["accept", .. arguments, "--today", "2027-01-31"]);

        ended.Exit.ShouldBe(exit, ended.ToString());
        ended.Error.ShouldContain(says);
        File.Exists(Path.Combine(_davit.Home, ".davit", "waivers.yaml")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_finding_is_explained_with_all_that_is_known()
    {
        _davit.With("new.yaml", Broken).With("old.yaml", Old);
        var fingerprint = (string)JsonNode.Parse((await RunAsync("diff", "old.yaml", "new.yaml", "--json")).Out)!["findings"]![0]!["fingerprint"]!;

        var ended = await RunAsync("explain", fingerprint, "--old", "old.yaml", "--new", "new.yaml");

        ended.Exit.ShouldBe(0, ended.ToString());
        ended.Out.ShouldContain("before old.yaml:5:19 /paths/~1orders~1{id}");
        ended.Out.ShouldContain($"davit contract accept {fingerprint}");
        (await RunAsync("explain", "0000000000000000", "--old", "old.yaml", "--new", "new.yaml")).Error.ShouldContain("DV8200");
        (await RunAsync("explain", Removed)).Out.ShouldStartWith(Removed);
        (await RunAsync("explain", "oas-api-path-removed")).Exit.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_log_groups_by_operation_and_advises_the_version()
    {
        _davit.With("new.yaml", Broken).With("old.yaml", Old);

        var ended = await RunAsync("changelog", "old.yaml", "new.yaml", "-o", "markdown");

        ended.Exit.ShouldBe(0, ended.ToString());
        ended.Out.ShouldStartWith("### GET /orders/\\{id\\}");
        ended.Out.ShouldContain("**breaking**");
        ended.Out.ShouldContain("says too little: the change asks for a major step");
        (await RunAsync("changelog", "old.yaml", "new.yaml", "-o", "pdf")).Exit.ShouldBe(2);
    }

    [Fact]
    public async Task A_policy_that_is_wrong_stops_everything_with_all_its_faults()
    {
        _davit.With(".davit/contracts.yaml", "wavers: []\nprofile: nobody\n");

        var ended = await CheckAsync();

        ended.Exit.ShouldBe(1);
        ended.Error.ShouldContain("DV8030");
        ended.Error.ShouldContain(".davit/contracts.yaml:1:1");
        ended.Error.ShouldContain(".davit/contracts.yaml:2:1");
    }

    [Fact]
    public async Task A_policy_is_tried_by_its_own_tests()
    {
        _davit.With("old.yaml", Old).With("new.yaml", Broken).With("davit.yaml", $$"""
            davit: 1
            contracts:
              levels:
                {{Removed}}: { level: warning, reason: removals are announced by mail }
              tests:
                - { name: a removal is a warning, old: old.yaml, new: new.yaml, expect: [warning {{Removed}}, note oas-api-major-version-not-bumped] }
            """);

        var ended = await RunAsync("policy", "test");

        ended.Exit.ShouldBe(0, ended.ToString());
        ended.Out.ShouldContain("passed  a removal is a warning");
        _davit.With(".davit/contracts.yaml", "tests: [{ name: nothing, old: old.yaml, new: new.yaml, expect: [] }]\n");
        var failing = await RunAsync("policy", "test");
        failing.Exit.ShouldBe(1);
        failing.Out.ShouldContain($"+ warning {Removed}");
        failing.Error.ShouldContain("DV8201");
    }

    [Fact]
    public async Task Outside_of_a_repository_there_is_nothing_to_check()
    {
        using var elsewhere = new Support.Davit();

        var ended = await elsewhere.RunAsync(["contract", "check"], [("PATH", "/usr/bin:/bin"), ("GIT_CEILING_DIRECTORIES", Path.GetTempPath())], elsewhere.Home);

        ended.Exit.ShouldBe(1);
        ended.Error.ShouldContain("DV8202");
    }

    [Fact]
    public async Task A_repository_starts_no_program_of_its_own()
    {
        var ran = Path.Combine(_davit.Home, "ran");
        _davit.With("hook.sh", $"#!/bin/sh\ntouch {ran}\n", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).With(".gitattributes", "*.yaml diff=evil\n").With("api/openapi.yaml", Broken);
        foreach (var key in (string[])["core.fsmonitor", "diff.external", "diff.evil.textconv", "diff.evil.command"])
            await _davit.GitAsync("config", key, Path.Combine(_davit.Home, "hook.sh"));

        (await CheckAsync()).Exit.ShouldBe(100);

        File.Exists(ran).ShouldBeFalse();
    }

    private static readonly (string, string)[] Variables = [("PATH", "/usr/bin:/bin")];

    private Task<Support.Ended> CheckAsync(params string[] arguments) => RunAsync(["check", .. arguments]);

    private Task<Support.Ended> RunAsync(params string[] arguments) => _davit.RunAsync(["contract", .. arguments], Variables, _davit.Home);
}
