namespace Davit.Cli.Tests.Contracts;

/// <summary>What <c>davit contract check</c> takes for contracts and compares them with: nothing that breaks passes because it was not looked at.</summary>
public sealed class ContractBaseTests : IDisposable
{
    private const string Schema = "type Query { hello: String, bye: String }\n";
    private const string Narrower = "type Query { hello: String }\n";

    private readonly Support.Davit _davit = new Support.Davit().With("api/shop.graphql", Schema).With("api/order.avsc", "{ \"type\": \"record\", \"name\": \"Order\", \"fields\": [] }\n");

    public void Dispose() => _davit.Dispose();

    [Theory]
    [InlineData("api/shop.graphql", "{")]
    [InlineData("api/order.avsc", "{")]
    [InlineData("api/order.avsc", "")]
    [InlineData("api/openapi.yaml", "x: [")]
    [InlineData("api/openapi.yaml", "<<<<<<< HEAD\nopenapi: 3.1.0\n")]
    public async Task A_contract_that_cannot_be_read_does_not_pass(string file, string text)
    {
        await _davit.CommitAsync("one");
        _davit.With(file, text);

        var ended = await CheckAsync(1);

        ended.Error.ShouldContain("DV8001");
        ended.Error.ShouldContain(file);
    }

    [Fact]
    public async Task What_could_not_be_read_before_is_new_once_it_can()
    {
        _davit.With("api/shop.graphql", "{");
        await _davit.CommitAsync("one");
        _davit.With("api/shop.graphql", Schema);

        (await CheckAsync(0)).Out.ShouldContain("contract-added");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_contract_under_a_name_that_is_none_is_gone(bool isStaged)
    {
        await _davit.CommitAsync("one");
        if (isStaged)
            await _davit.GitAsync("mv", "api/shop.graphql", "api/shop.txt");
        else
            File.Move(Path.Combine(_davit.Home, "api/shop.graphql"), Path.Combine(_davit.Home, "api/shop.txt"));

        (await CheckAsync(100)).Out.ShouldContain("contract-removed");
    }

    [Fact]
    public async Task The_first_commit_is_compared_with_nothing()
    {
        await _davit.GitAsync("init", "-q", "-b", "main");

        (await CheckAsync(0)).Error.ShouldContain("2 contracts, 2 compared with nothing");
    }

    [Theory]
    [InlineData("main")]
    [InlineData("develop")]
    public async Task All_commits_of_a_branch_count(string main)
    {
        await _davit.CommitAsync("one", main);
        await _davit.GitAsync("checkout", "-q", "-b", "change");
        _davit.With("api/shop.graphql", Narrower);
        await _davit.CommitAsync("two");
        _davit.With("api/shop.graphql", $"# less\n{Narrower}");
        await _davit.CommitAsync("three");

        (await CheckAsync(100)).Error.ShouldContain($"where this left {main}");
    }

    [Fact]
    public async Task A_target_that_is_not_in_the_clone_is_no_reason_to_take_another()
    {
        await _davit.CommitAsync("one");

        var ended = await CheckAsync(1, [], ("GITHUB_BASE_REF", "release"));

        ended.Error.ShouldContain("DV8204");
        ended.Error.ShouldContain("git fetch origin release:refs/remotes/origin/release");
    }

    [Fact]
    public async Task The_policy_at_the_top_counts_below()
    {
        _davit.With(".davit/contracts.yaml", "levels: { gql-field-removed: { level: note, reason: nobody asks for it } }\n");
        await _davit.CommitAsync("one");
        _davit.With("api/shop.graphql", Narrower);

        (await RunAsync(0, ["diff", "git:HEAD:shop.graphql", "shop.graphql"], "api")).Out.ShouldContain("gql-field-removed");
    }

    [Fact]
    public async Task The_profile_of_another_checker_is_for_its_own_format()
    {
        await _davit.CommitAsync("one");
        _davit.With("api/shop.graphql", Narrower);

        (await RunAsync(2, ["diff", "git:HEAD:api/shop.graphql", "api/shop.graphql", "--profile", "oasdiff"])).Error.ShouldContain("has no levels for graphql");
        (await CheckAsync(100, ["--profile", "oasdiff"])).Out.ShouldContain("gql-field-removed");
    }

    [Theory]
    [InlineData("{ rule: gql-nope, at: \"*\", element: \"*\", reason: nobody sends it, owner: ana, until: 2027-03-01 }", "no rule is called 'gql-nope'")]
    [InlineData("{ fingerprint: zzz, reason: nobody sends it, owner: ana, until: 2027-03-01 }", "a fingerprint has sixteen digits")]
    [InlineData("{ rule: \"*\", reason: nobody sends it, owner: ana, until: 2027-03-01 }", "names a place or an element")]
    public async Task A_waiver_that_permits_nothing_or_all_is_refused(string waiver, string why)
    {
        _davit.With(".davit/contracts.yaml", $"waivers:\n  - {waiver}\n");
        await _davit.CommitAsync("one");

        (await CheckAsync(1, ["--today", "2026-12-01"])).Error.ShouldContain(why);
    }

    [Fact]
    public async Task A_mark_for_a_rule_that_is_none_is_told()
    {
        await _davit.CommitAsync("one");
        _davit.With("api/shop.graphql", $"# davit:allow rule=gql-nope owner=ana until=2027-03-01 reason=\"clients have a default\"\n{Narrower}");

        (await CheckAsync(100, ["--today", "2026-12-01"])).Out.ShouldContain("no rule is called 'gql-nope'");
    }

    [Fact]
    public async Task Taking_back_what_was_never_given_is_a_problem()
    {
        await _davit.CommitAsync("one");

        (await RunAsync(1, ["accept", "ffffffffffffffff", "--remove"])).Error.ShouldContain("DV8200");
        File.Exists(Path.Combine(_davit.Home, ".davit", "waivers.yaml")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_a_problem()
    {
        await _davit.CommitAsync("one");
        _davit.With("api/shop.graphql", Narrower);

        (await CheckAsync(1, ["-o", "sarif=nowhere/x.sarif"])).Error.ShouldContain("DV8205");
    }

    private Task<Support.Ended> CheckAsync(int exit, string[]? arguments = null, params (string, string)[] variables) => RunAsync(exit, ["check", .. arguments ?? []], "", variables);

    private async Task<Support.Ended> RunAsync(int exit, string[] arguments, string below = "", params (string, string)[] variables)
    {
        var ended = await _davit.RunAsync(["contract", .. arguments], [("PATH", "/usr/bin:/bin"), .. variables], Path.Combine(_davit.Home, below));
        ended.Exit.ShouldBe(exit, ended.ToString());
        return ended;
    }
}
