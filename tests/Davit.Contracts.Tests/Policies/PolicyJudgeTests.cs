using System.Collections.Immutable;
using System.Text;
using Davit.Contracts.Findings;
using Davit.Contracts.Policies;

namespace Davit.Contracts.Tests.Policies;

public sealed class PolicyJudgeTests
{
    private const string Old = """
        openapi: 3.1.0
        info: { title: Orders, version: 1.0.0 }
        paths:
          /orders:
            get:
              responses: { '200': { description: Orders } }
            post:
              responses: { '201': { description: Made } }
        """;

    private const string New = """
        openapi: 3.1.0
        info: { title: Orders, version: 2.0.0 }
        paths:
          /orders:
            get:
              parameters:
                - { name: tenant, in: query, required: true, schema: { type: string } }
              responses: { '200': { description: Orders } }
            post:
              parameters:
                - { name: tenant, in: query, required: true, schema: { type: string } }
              responses: { '201': { description: Made } }
        """;

    private const string Rule = "oas-new-required-request-parameter";

    private static readonly DateOnly Today = new(2027, 1, 31);

    [Fact]
    public void The_last_level_that_fits_counts()
    {
        var findings = Compare(New, $$"""
            levels:
              {{Rule}}: { level: off, reason: we know them all }
              oasdiff:new-required-request-parameter: { level: warning, at: "POST *", reason: only one is left }
            """);

        findings.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Warning);
        findings[0].Operation.ShouldBe("POST");
    }

    [Theory]
    [InlineData("2027-01-31", true)]
    [InlineData("2027-01-30", false)]
    public void A_waiver_holds_until_its_last_day_and_then_says_so(string until, bool holds)
    {
        var findings = Compare(New, $"waivers: [{{ rule: {Rule}, at: GET /orders, reason: the app sends it already, owner: ana, until: {until} }}]");

        findings.Count(f => f.Waiver is not null).ShouldBe(holds ? 1 : 0);
        findings.Count(f => f.Rule.Id is "waiver-expired").ShouldBe(holds ? 0 : 1);
        findings.Count(f => f is { Severity: Severity.Breaking, Waiver: null }).ShouldBe(holds ? 1 : 2);
    }

    [Fact]
    public void A_waiver_by_fingerprint_is_for_one_finding_and_survives_another_layout()
    {
        var fingerprint = Compare(New, "").First(f => f.Operation is "GET").Fingerprint;
        var policy = $"waivers: [{{ fingerprint: '{fingerprint}', reason: the app sends it already, owner: ana, until: 2027-02-01 }}]";

        foreach (var text in (string[])[New, "# moved down\n\n" + New, New.Replace("{ name: tenant, in: query,", "{ in: query, name: tenant,", StringComparison.Ordinal)])
            Compare(text, policy).Where(f => f.Waiver is not null).ShouldHaveSingleItem().Operation.ShouldBe("GET");
        Compare(New.Replace("tenant", "account", StringComparison.Ordinal), policy).ShouldAllBe(f => f.Waiver == null);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("mobile", true)]
    [InlineData("desktop", false)]
    public void A_waiver_for_one_consumer_is_for_no_other(string consumer, bool holds) =>
        Compare(New, $"waivers: [{{ rule: {Rule}, consumer: mobile, reason: the app sends it already, owner: ana, until: 2027-02-01 }}]", consumer).Any(f => f.Waiver is not null).ShouldBe(holds);

    [Fact]
    public void A_waiver_for_too_much_says_so()
    {
        var many = string.Concat(Enumerable.Range(0, 60).Select(i => $"  /p{i}: {{ get: {{ responses: {{ '200': {{ description: One }} }} }} }}\n"));

        var findings = Compare("openapi: 3.1.0\ninfo: { title: Orders, version: 2.0.0 }\npaths: {}\n", "waivers: [{ rule: 'oas-*', reason: it is all the same, owner: ana, until: 2027-02-01 }]", old: "openapi: 3.1.0\ninfo: { title: Orders, version: 1.0.0 }\npaths:\n" + many);

        findings.Count(f => f.Waiver is not null).ShouldBe(60);
        findings.Single(f => f.Rule.Id is "waiver-too-broad").Waiver.ShouldBeNull();
    }

    [Theory]
    [InlineData("warning", false)]
    [InlineData("breaking", true)]
    public void A_mark_in_the_document_permits_breaks_only_when_the_policy_lets_it(string marks, bool holds)
    {
        var marked = New.Replace("    get:\n", $"    get:\n      x-davit-allow: {{ rule: {Rule}, reason: the app sends it already, owner: ana, until: 2027-02-01 }}\n", StringComparison.Ordinal);

        var findings = Compare(marked, $"marks: {marks}");

        findings.Where(f => f.Operation is "GET").ShouldHaveSingleItem().Waiver.ShouldBe(holds ? findings.First(f => f.Waiver is not null).Waiver : null);
        findings.Where(f => f.Operation is "POST").ShouldHaveSingleItem().Waiver.ShouldBeNull();
        if (holds)
            findings.First(f => f.Waiver is not null).Waiver!.Origin.ShouldBe(WaiverOrigin.Document);
    }

    [Fact]
    public void A_comment_above_an_element_permits_what_is_found_at_it()
    {
        var old = "type Query { name: String }\nenum Color { RED }\n";
        var @new = "type Query { name: String }\nenum Color {\n  RED\n  # davit:allow rule=gql-enum-value-added owner=ana until=2027-02-01 reason=\"clients have a default branch\"\n  # and one more line\n  GREEN\n  BLUE\n}\n";

        var findings = Comparison.Of(Source("a.graphql", old), Source("a.graphql", @new), new ComparisonOptions(Today)).Findings;

        findings.Where(f => f.Rule.Id is "gql-enum-value-added" && f.Waiver is not null).ShouldHaveSingleItem().Text.ShouldContain("GREEN");
        findings.Count(f => f.Rule.Id is "gql-enum-value-added").ShouldBe(2);
    }

    [Fact]
    public void A_mark_that_is_none_is_told()
    {
        var marked = New.Replace("    get:\n", "    get:\n      x-davit-allow: { rule: oas-*, until: 2027-02-01 }\n", StringComparison.Ordinal);

        Compare(marked, "marks: breaking").Single(f => f.Rule.Id is "waiver-unreadable").Text.ShouldContain("10 characters");
    }

    [Fact]
    public void Nobody_silences_what_the_engine_says_of_itself() =>
        Should.Throw<PolicyRefusedException>(() => Compare(New, "levels: { waiver-expired: off }")).Faults.ShouldHaveSingleItem();

    private static ImmutableArray<Finding> Compare(string @new, string policy, string consumer = "", string old = Old) =>
        Comparison.Of(Source("orders.yaml", old), Source("orders.yaml", @new), new ComparisonOptions(Today) { Policy = ContractPolicy.Read("contracts.yaml", Encoding.UTF8.GetBytes(policy), Today), Consumer = consumer }).Findings;

    private static ContractSource Source(string name, string text) => ContractSource.Of(name, Encoding.UTF8.GetBytes(text));
}
