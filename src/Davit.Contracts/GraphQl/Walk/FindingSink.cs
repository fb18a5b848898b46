using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Walk;

/// <summary>Collects what rules say of the pairs that a walk puts before them.</summary>
internal sealed class FindingSink
{
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public void Judge<TPair>(ImmutableArray<Rule<TPair>> rules, TPair pair) where TPair : IPair
    {
        foreach (var rule in rules)
        {
            if (rule.Judge(pair) is { } verdict)
                Add(verdict, pair);
        }
    }

    private void Add(Verdict verdict, IPair pair) => _findings.Add(Fingerprint.Marked(
        new Finding(verdict.Rule, verdict.Level ?? verdict.Rule.Severity, "", pair.Path, pair.Element, verdict.Text, pair.OldOrigin?.Evidence, pair.NewOrigin?.Evidence)
        {
            LevelOfAlias = verdict.Level,
            ClaimedBy = verdict.ClaimedBy,
        },
        pair.OldOrigin?.Canonical ?? "",
        pair.NewOrigin?.Canonical ?? ""));
}
