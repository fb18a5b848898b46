using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Annotations;

/// <summary>Consumers that keep to the old rule send what is refused now.</summary>
internal sealed class ConstraintNarrowed : IRule<ConstraintPair>
{
    private static readonly RuleSpec Added = Pb.Own("validate-constraint-added", Severity.Breaking, "A field is validated by another rule.", Side.Request);

    private static readonly RuleSpec Tightened = Pb.Own("validate-constraint-tightened", Severity.Breaking, "A rule that validates a field allows less.", Side.Request);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Tightened];

    public static Verdict? Judge(ConstraintPair pair)
    {
        var verdict = pair switch
        {
            { Old: null, New: { } @new } => Added.Says($"the {pair.Of.Element} is validated by {@new.Told} now"),
            { Old: { } old, New: { } @new } when !old.Same(@new) && @new.IsNarrowerThan(old) && (pair.IsSent || !pair.IsReceived || !@new.IsWiderThan(old)) => Tightened.Says($"{old.Told} of the {pair.Of.Element} is {@new.Told} now"),
            _ => null,
        };
        return verdict?.Graded(pair.IsSent ? Severity.Breaking : Severity.Note).On(Pb.At(8, Model.Annotations.Validate));
    }
}
