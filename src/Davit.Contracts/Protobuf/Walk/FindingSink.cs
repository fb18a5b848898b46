using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Walk;

/// <summary>Collects what rules say of the pairs that a walk puts before them. What is not asked for is not looked up.</summary>
internal sealed class FindingSink(BufSelection selection, ProtoTexts oldTexts, ProtoTexts newTexts)
{
    private const int Most = 100_000;

    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public void Judge<TPair>(ImmutableArray<Rule<TPair>> rules, TPair pair) where TPair : ProtoPair
    {
        foreach (var rule in rules)
        {
            if (rule.Judge(pair) is { } verdict && selection.Wants(verdict.Rule, verdict.ClaimedBy))
                Add(verdict, pair);
        }
    }

    private void Add(Verdict verdict, ProtoPair pair)
    {
        if (_findings.Count > Most || selection.Ignores(pair.After.File, verdict.Rule) || selection.Ignores(pair.Before.File, verdict.Rule))
            return;
        if (_findings.Count == Most)
        {
            _findings.Add(EngineRules.Truncated(Most));
            return;
        }

        var finding = new Finding(verdict.Rule, verdict.Level ?? verdict.Rule.Severity, "", pair.Path, pair.Element, verdict.Text, oldTexts.At(pair.Before, verdict.Spots), newTexts.At(pair.After, verdict.Spots))
        {
            ClaimedBy = verdict.ClaimedBy,
        };
        _findings.Add(Fingerprint.Marked(finding, pair.OldLine, pair.NewLine));
    }
}
