using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>The number may be used again, and old data is then misread.</summary>
internal sealed class FieldNumberFreed : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Pb.Known("FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED", "A field is gone and its number is not reserved.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { New: null, Old: { } old, IsNumberReserved: false }
        ? Spec.Says($"the {pair.Element} is gone and its number {old.Number} is not reserved").ClaimedBy(FieldDeleted.Spec)
        : null;
}
