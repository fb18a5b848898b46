using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>
/// What was found about pairs of schemas, so that each is judged once however many places use it. Together with the limit of
/// findings this bounds the work: whatever is walked twice gives a finding.
/// </summary>
internal sealed class SchemaMemory(bool wantsProof)
{
    private readonly HashSet<SchemaKey> _silent = [];
    private readonly Dictionary<SchemaKey, List<Judged>> _judged = [];
    private readonly SchemaProof _proof = new();

    /// <summary>Neither the pair nor anything in it differs in what a rule speaks of.</summary>
    public bool IsSilent(SchemaPair pair) => _silent.Contains(SchemaKey.Of(pair));

    public void Silence(SchemaPair pair) => _silent.Add(SchemaKey.Of(pair));

    public List<Judged> Judge(SchemaPair pair, Func<SchemaPair, List<Judged>> judge)
    {
        var key = SchemaKey.Of(pair);
        if (!_judged.TryGetValue(key, out var judged))
            _judged[key] = judged = Proven(pair, judge(pair));
        return judged;
    }

    /// <summary>What breaks by the words of a rule is looked at by the values themselves, and what may break where no rule says that something does.</summary>
    private List<Judged> Proven(SchemaPair pair, List<Judged> judged)
    {
        if (!wantsProof)
            return judged;
        if (!judged.Exists(j => j.Verdict is { IsAboutValues: true, ClaimedBy: null, Rule.Severity: Severity.Breaking }))
            return judged.Exists(j => j.Verdict.MayBreak) ? Raised(judged, Witness(pair)) : judged;
        var (witness, isSafe) = _proof.Of(pair);
        var proof = isSafe ? Proof.Safe : witness is null ? Proof.Undecided : Proof.Breaking;
        return judged.ConvertAll(j => j.Verdict.IsAboutValues && j.Verdict.Rule.Severity is Severity.Breaking ? j with { Witness = witness, Proof = proof } : j);
    }

    /// <summary>A value that only one side accepts; null when none is found.</summary>
    public Witness? Witness(SchemaPair pair) => wantsProof ? _proof.Of(pair).Witness : null;

    /// <summary>How what `not` excludes changed. Where neither side is proven to hold the other, the worse is taken.</summary>
    public BoundChange Exclusion(SchemaPair pair) => !wantsProof ? BoundChange.None : (_proof.IsWithin(pair, isOldWithin: true), _proof.IsWithin(pair, isOldWithin: false)) switch
    {
        (true, true) => BoundChange.None,
        (true, _) => BoundChange.Widened,
        (_, true) => BoundChange.Narrowed,
        _ => pair.Scope.IsRequest() ? BoundChange.Widened : BoundChange.Narrowed,
    };

    private static List<Judged> Raised(List<Judged> judged, Witness? witness) => witness is null ? judged
        : judged.ConvertAll(j => j.Verdict.MayBreak ? j with { Verdict = j.Verdict.Graded(Severity.Breaking), Witness = witness, Proof = Proof.Breaking } : j);

    /// <summary>All that a verdict about a pair of schemas depends on.</summary>
    private readonly record struct SchemaKey(Node Old, Node New, Scope Scope, string Media, string Stability)
    {
        public static SchemaKey Of(SchemaPair pair) => new(pair.Old.Node, pair.New.Node, pair.Scope, pair.IsFormExploded ? "form" : pair.Media, pair.Operation.New!.Lifecycle.Stability);
    }
}

/// <param name="Step">The member it is about, when it is not about the pair itself.</param>
internal sealed record Judged(Verdict Verdict, string? Step, Node Old, Node New)
{
    public Witness? Witness { get; init; }

    public Proof Proof { get; init; }
}
