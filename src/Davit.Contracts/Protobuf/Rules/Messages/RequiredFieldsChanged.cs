using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Protobuf.Rules.Fields;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Messages;

/// <summary>Who knows the field refuses messages without it; who does not, leaves it out.</summary>
internal sealed class RequiredFieldsChanged : IRule<RequiredPair>
{
    private static readonly RuleSpec Spec = Pb.Known("MESSAGE_SAME_REQUIRED_FIELDS", "A required field is new or gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(RequiredPair pair) => pair switch
    {
        { WasRequired: true, IsRequired: false } => Spec.Says($"the {pair.Element} is no longer required").ClaimedBy(pair.Of.IsKept ? FieldCardinalityChanged.Spec : FieldDeleted.Spec),
        { WasRequired: false, IsRequired: true } => Spec.Says($"the {pair.Element} is required now").ClaimedBy(pair.Of.IsKept ? FieldCardinalityChanged.Spec : null),
        _ => null,
    };
}
