using System.Collections.Immutable;
using System.Text;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Rules;
using Davit.Contracts.Tests.OpenApi.Pairs;
using Davit.Testing;

namespace Davit.Contracts.Tests.OpenApi;

/// <summary>Every rule has a pair of descriptions that it tells of, in words and at places that are kept, and a rule that tells of the way back.</summary>
public sealed class RulePairTests
{
    private static readonly string Golden = Path.Combine(Repository.Root, "tests", "Davit.Contracts.Tests", "OpenApi", "Pairs", "golden.txt");

    private static readonly Lazy<ImmutableSortedDictionary<string, RulePair>> Pairs = new(() =>
    {
        var rules = Rules().Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        return SchemaPairs.All.Concat(MemberPairs.All).Concat(ParameterPairs.All).Concat(MessagePairs.All).Concat(OperationPairs.All).Concat(SecurityPairs.All)
            .Where(p => rules.Contains("oas-" + p.Rule))
            .GroupBy(p => "oas-" + p.Rule, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    });

    [Fact]
    public void Every_rule_has_a_pair() => Rules().Select(r => r.Id).Except(Pairs.Value.Keys, StringComparer.Ordinal).ShouldBeEmpty("no pair shows these");

    [Fact]
    public void Every_pair_is_told_in_the_words_that_are_kept()
    {
        var told = Pairs.Value.Select(p => Told(p.Key, p.Value)).ToList();
        told.Where(t => t.EndsWith(" -", StringComparison.Ordinal) && !t.Contains(" | ", StringComparison.Ordinal)).ShouldBeEmpty("their rules are silent");
        if (Environment.GetEnvironmentVariable("DAVIT_ACCEPT") is "1")
            File.WriteAllLines(Golden, told);

        told.Except(File.ReadAllLines(Golden), StringComparer.Ordinal).ShouldBeEmpty("run with DAVIT_ACCEPT=1 and read the diff");
        File.ReadAllLines(Golden).Length.ShouldBe(told.Count);
    }

    /// <summary>A rule that no way back shows says why it needs none.</summary>
    [Fact]
    public void Every_rule_has_a_mirror_or_a_reason_to_have_none()
    {
        var rules = Rules().Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var alone = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (id, pair) in Pairs.Value)
        {
            var mirrors = Mirrors.Of(id).Where(rules.Contains).ToHashSet(StringComparer.Ordinal);
            if (mirrors.Count is 0 || !Find(pair with { Old = pair.New, New = pair.Old }).Any(f => mirrors.Contains(f.Rule.Id)))
                alone.Add(id);
        }

        alone.ShouldBe(MirrorWaivers.All.Keys.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<RuleSpec> Rules() => OpenApiRules.All.Concat(VersionRules.All);

    private static string Told(string id, RulePair pair) => Find(pair).FirstOrDefault(f => f.Rule.Id == id) is not { } finding ? $"{id} -"
        : $"{id} {finding.Severity} | {$"{finding.Operation} {finding.Path}".Trim()} | {finding.Element} | {finding.Text} | {At(finding.Old)} {At(finding.New)}{(finding.ClaimedBy is { } better ? $" | told by {better.Id}" : "")}";

    private static string At(Evidence? evidence) => evidence is null ? "-" : evidence.JsonPointer;

    /// <summary>What is told by rules in better words, or not at all, is told by the other checkers' rules in their profiles.</summary>
    private static IEnumerable<Finding> Find(RulePair pair) => ((string[])["davit", "oasdiff", "optic"]).SelectMany(profile => Compare(pair, profile));

    private static ImmutableArray<Finding> Compare(RulePair pair, string profile) =>
        Comparison.Of(Source(pair.Old), Source(pair.New), new ComparisonOptions(new DateOnly(2027, 1, 31)) { Profile = profile, StableNoticeDays = pair.Notice, BetaNoticeDays = pair.Notice }).Findings;

    private static ContractSource Source(string text) => ContractSource.Of("api.yaml", Encoding.UTF8.GetBytes(text));
}
