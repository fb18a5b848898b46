using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Annotations;

/// <summary>Who takes what the old rule allowed gets more.</summary>
internal sealed class ConstraintWidened : IRule<ConstraintPair>
{
    private static readonly RuleSpec Removed = Pb.Own("validate-constraint-removed", Severity.Note, "A rule that validated a field is gone.", Side.Response);

    private static readonly RuleSpec Relaxed = Pb.Own("validate-constraint-relaxed", Severity.Note, "A rule that validates a field allows more.", Side.Response);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Removed, Relaxed];

    public static Verdict? Judge(ConstraintPair pair)
    {
        var verdict = pair switch
        {
            { Old: { } old, New: null } => Removed.Says($"the {pair.Of.Element} is no longer validated by {old.Told}"),
            { Old: { } old, New: { } @new } when !old.Same(@new) && @new.IsWiderThan(old) && (pair.IsReceived || !@new.IsNarrowerThan(old)) => Relaxed.Says($"{old.Told} of the {pair.Of.Element} is {@new.Told} now"),
            _ => null,
        };
        return verdict?.Graded(pair.IsReceived ? Severity.Breaking : Severity.Note).On(Pb.At(8, Model.Annotations.Validate));
    }
}
