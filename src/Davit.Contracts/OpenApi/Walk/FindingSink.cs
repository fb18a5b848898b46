using System.Collections.Immutable;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>Collects what rules say of the pairs that a walk puts before them.</summary>
internal sealed class FindingSink
{
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public void Judge<TPair>(ImmutableArray<Rule<TPair>> rules, TPair pair, Place place, Node old, Node @new)
    {
        foreach (var rule in rules)
        {
            Add(rule.Judge(pair), place, old, @new);
        }
    }

    public void Add(Verdict? verdict, Place place, Node old, Node @new)
    {
        if (verdict is null)
            return;
        (old, @new) = verdict.At is { } at ? (at.Old, at.New) : (old, @new);
        var rule = place.IsReversed ? verdict.Rule with { Alias = null } : verdict.Rule;
        var finding = new Finding(rule, verdict.Rule.Severity, place.Operation, place.Path, place.Element, verdict.Text, Evidence.Of(old), Evidence.Of(@new));
        _findings.Add(finding with { Fingerprint = Fingerprint.Of(finding, old, @new) });
    }
}

/// <summary>Where in a description a pair stands.</summary>
/// <param name="IsReversed">In a callback or a webhook, where the other checkers see nothing.</param>
internal sealed record Place(string Operation, string Path, string Element, bool IsReversed = false)
{
    public static readonly Place Document = new("", "", "");

    public Place In(string element) => this with { Element = Element is "" ? element : $"{Element} {element}" };

    /// <summary>A step inside a schema.</summary>
    public Place Step(string step) => this with { Element = Element + "/" + step };

    public static Place Of(OperationPair pair) => new((pair.Old ?? pair.New)!.Method, (pair.Old ?? pair.New)!.Path.Template.Text, "");
}
