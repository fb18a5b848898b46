using System.Collections.Immutable;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Rules;

/// <summary>Collects what rules say of the pairs of a schema that belongs to no operation.</summary>
internal sealed class ElementSink
{
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public void Judge<TPair>(ImmutableArray<Rule<TPair>> rules, TPair pair, string element, Node old, Node @new)
    {
        foreach (var rule in rules)
        {
            if (rule.Judge(pair) is not { } verdict)
                continue;
            var finding = new Finding(verdict.Rule, verdict.Rule.Severity, "", "", element, verdict.Text, Evidence.Of(old), Evidence.Of(@new));
            _findings.Add(Fingerprint.Marked(finding, Fingerprint.Canonical(old), Fingerprint.Canonical(@new)));
        }
    }
}
