using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>The name may be used again, and old JSON is then misread.</summary>
internal sealed class FieldNameFreed : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Pb.Known("FIELD_NO_DELETE_UNLESS_NAME_RESERVED", "A field is gone and its name is not reserved.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { New: null, IsNameReserved: false }
        ? Spec.Says($"the {pair.Element} is gone and its name is not reserved").ClaimedBy(FieldDeleted.Spec)
        : null;
}
