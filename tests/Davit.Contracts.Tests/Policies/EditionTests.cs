using System.Text;
using Davit.Contracts.Findings;
using Davit.Contracts.Policies;
using Davit.Testing;

namespace Davit.Contracts.Tests.Policies;

/// <summary>An upgrade turns no green build red: an edition keeps the rules and levels of its day. DAVIT_ACCEPT=1 writes the newest, which is not out yet.</summary>
public sealed class EditionTests
{
    private static readonly DateOnly Today = new(2027, 1, 31);

    [Fact]
    public void The_newest_edition_is_what_the_catalogue_says()
    {
        var file = Path.Combine(Repository.Root, "src", "Davit.Contracts", "Editions", $"{Edition.Newest.Name}.txt");
        var wanted = string.Concat(RuleCatalog.All.Select(r => $"{r.Id} {r.Severity}\n"));
        if (Environment.GetEnvironmentVariable("DAVIT_ACCEPT") is "1")
            File.WriteAllText(file, wanted);

        File.ReadAllText(file).ShouldBe(wanted);
    }

    [Fact]
    public void An_older_edition_has_its_levels_and_counts_what_it_has_not()
    {
        var (old, @new) = (Source("type Query { a: Int, b: Int }\nenum E { A }\n"), Source("type Query { a: Int }\nenum E { A, B }\n"));
        var older = Edition.Parse("2026.1", "gql-enum-value-added Note\n");

        var findings = new PolicyJudge(new ComparisonOptions(Today), older, new DocumentMarks(@new, Today)).Judge(Comparison.Of(old, @new, new ComparisonOptions(Today)).Findings);

        findings.Select(f => (f.Rule.Id, f.Severity)).ShouldBe([("gql-enum-value-added", Severity.Note), ("edition-newer", Severity.Note)]);
        findings[1].Text.ShouldContain("1 more");
    }

    private static ContractSource Source(string text) => ContractSource.Of("a.graphql", Encoding.UTF8.GetBytes(text));
}
