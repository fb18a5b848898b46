using System.Text;
using System.Text.Json;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Lint;
using Davit.Contracts.OpenApi.Lint.Rules;
using Davit.Testing;

namespace Davit.Contracts.Tests.OpenApi.Lint;

public sealed class LintRuleTests
{
    private static readonly string Corpus = Path.Combine(Repository.Corpora ?? "", "contracts", "oasdiff", "validate_rules.json");

    public static TheoryData<string> Known => [.. LintCases.Known.Select(c => c.Id)];

    public static TheoryData<string> Own => [.. LintCases.Own.Select(c => c.Id)];

    [Theory]
    [MemberData(nameof(Known))]
    public void A_rule_of_the_other_checker_finds_what_is_wrong_and_nothing_else(string id)
    {
        var pair = LintCases.Known.Single(c => c.Id == id);

        Found(pair.Bad, "oasdiff").ShouldBe(pair.Others.Append(id).Order(StringComparer.Ordinal));
        Found(pair.Good, "oasdiff").ShouldBeEmpty();
        var finding = Lint(pair.Bad, "davit").First(f => f.Rule.Id == "oas-lint-" + id);
        finding.New!.JsonPointer.ShouldNotBeNull();
        finding.Old.ShouldBeNull();
        finding.Rule.Fix().ShouldNotBeEmpty();
        finding.Fingerprint.Length.ShouldBe(16);
    }

    [Theory]
    [MemberData(nameof(Own))]
    public void A_rule_of_ours_finds_what_is_wrong_and_the_other_checker_is_silent(string id)
    {
        var pair = LintCases.Own.Single(c => c.Id == id);

        Found(pair.Bad, "davit").ShouldContain(id);
        Found(pair.Good, "davit").ShouldNotContain(id);
        Found(pair.Bad, "oasdiff").ShouldBeEmpty();
        Found(pair.Good, "oasdiff").ShouldBeEmpty();
    }

    [Fact]
    public void Every_rule_is_listed_once_and_has_its_pair()
    {
        var written = typeof(LintRules).Assembly.GetTypes().Where(t => !t.IsInterface && t.IsAssignableTo(typeof(ILintRule))).Select(t => ((LintFact)t.GetProperty("Fact")!.GetValue(null)!).Spec.Id);
        var listed = LintRules.All.Select(r => r.Id).ToList();

        listed.ShouldBeUnique();
        listed.Order(StringComparer.Ordinal).ShouldBe(written.Concat(NewerKeyword.All.Select(r => r.Fact.Spec.Id)).Order(StringComparer.Ordinal));
        listed.Order(StringComparer.Ordinal).ShouldBe(LintCases.Known.Concat(LintCases.Own).Select(c => "oas-lint-" + c.Id).Order(StringComparer.Ordinal));
        LintRules.All.ShouldAllBe(r => r.Purpose.EndsWith('.') && r.Fix().EndsWith('.'));
    }

    [Fact]
    public void Ids_and_levels_are_those_of_the_other_checker()
    {
        Assert.SkipUnless(File.Exists(Corpus), "THE CORPUS IS MISSING: oasdiff/validate_rules.json is expected in ../shared/corpora/contracts beside the checkout; nothing was checked");
        using var rules = JsonDocument.Parse(File.ReadAllBytes(Corpus));
        var wanted = rules.RootElement.EnumerateArray().Select(r => $"{r.GetProperty("id").GetString()} {r.GetProperty("level").GetString()}");

        var ours = LintRules.All.Where(r => r.Alias is not null).Select(r => $"{r.Alias!.Id} {r.Alias.Level switch { Severity.Breaking => "error", Severity.Warning => "warning", _ => "info" }}");

        ours.Order(StringComparer.Ordinal).ShouldBe(wanted.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Found(string text, string profile) => Lint(text, profile).Select(f => f.Rule.Id["oas-lint-".Length..]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static System.Collections.Immutable.ImmutableArray<Finding> Lint(string text, string profile) =>
        ContractLinting.Of(ContractSource.Of("api.yaml", Encoding.UTF8.GetBytes(text)), new ComparisonOptions(new DateOnly(2027, 1, 31)) { Profile = profile });
}
