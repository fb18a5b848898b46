using System.Collections.Immutable;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>Collects what rules say of the pairs that a walk puts before them.</summary>
/// <param name="wantsUnions">Alternatives of schemas are compared each by itself too.</param>
internal sealed class FindingSink(bool wantsProof, bool wantsUnions = false)
{
    /// <summary>More findings than anybody reads.</summary>
    public const int Most = 100_000;

    private readonly List<Finding> _findings = [];
    private readonly Dictionary<Node, Evidence?> _evidence = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public SchemaMemory Schemas { get; } = new(wantsProof);

    public bool WantsUnions => wantsUnions;

    /// <summary>Documents that the engine made itself, and what of the contract they were made of.</summary>
    public Dictionary<Document, Node> Origins { get; } = [];

    /// <summary>There is more than anybody reads; nothing else is looked for.</summary>
    public bool IsFull => _findings.Count >= Most;

    public static IEnumerable<Verdict> Verdicts<TPair>(ImmutableArray<Rule<TPair>> rules, TPair pair)
    {
        foreach (var rule in rules)
        {
            if (rule.Judge(pair) is { } verdict)
                yield return verdict;
        }
    }

    public void Judge<TPair>(ImmutableArray<Rule<TPair>> rules, TPair pair, Place place, Node old, Node @new)
    {
        foreach (var verdict in Verdicts(rules, pair))
            Add(verdict, place, old, @new);
    }

    private Evidence? EvidenceOf(Node node)
    {
        if (node.Exists && Origins.TryGetValue(node.Document, out var origin))
            node = origin;
        if (!_evidence.TryGetValue(node, out var evidence))
            _evidence[node] = evidence = Evidence.Of(node);
        return evidence;
    }

    /// <summary>What another engine found, in its own words.</summary>
    public void Add(Finding finding)
    {
        if (!IsFull)
            _findings.Add(finding);
    }

    public void Add(Verdict? verdict, Place place, Node old, Node @new, Judged? judged = null)
    {
        if (verdict is null || IsFull)
            return;
        (old, @new) = verdict.At is { } at ? (at.Old, at.New) : (old, @new);
        var level = verdict.Level ?? verdict.Rule.Severity;
        var rule = place.Naming is { } naming ? naming(verdict.Rule) : place.IsReversed ? verdict.Rule with { Alias = null } : verdict.Rule;
        var finding = new Finding(rule, level, place.Operation, place.Path, place.Element, verdict.Text, EvidenceOf(old), EvidenceOf(@new)) { ClaimedBy = verdict.ClaimedBy, Witness = judged?.Witness, Proof = judged?.Proof ?? Proof.None, IsInUnion = place.IsInUnion };
        _findings.Add(Fingerprint.Marked(finding, Fingerprint.Canonical(old), Fingerprint.Canonical(@new)));
        if (IsFull)
            _findings.Add(EngineRules.Truncated(Most));
    }
}

/// <summary>Where in a description a pair stands.</summary>
/// <param name="IsReversed">In a callback or a webhook, where the other checkers see nothing.</param>
internal sealed record Place(string Operation, string Path, string Element, bool IsReversed = false)
{
    public static readonly Place Document = new("", "", "");

    /// <summary>What rules are called here, where it is not what they call themselves.</summary>
    public Func<RuleSpec, RuleSpec>? Naming { get; init; }

    /// <summary>It is one of several alternatives, or in one.</summary>
    public bool IsInUnion { get; init; }

    public Place In(string element) => this with { Element = Element is "" ? element : $"{Element} {element}" };

    /// <summary>A step inside a schema.</summary>
    public Place Step(string step) => this with { Element = Element + "/" + step };

    public static Place Of(OperationPair pair) => new((pair.Old ?? pair.New)!.Method, (pair.Old ?? pair.New)!.Path.Template.Text, "");
}
