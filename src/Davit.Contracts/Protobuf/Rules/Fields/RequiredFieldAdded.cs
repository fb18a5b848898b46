using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>Who knows it refuses messages without it, and who does not leaves it out. Where the word itself is written another rule tells it.</summary>
internal sealed class RequiredFieldAdded : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Pb.Own("required-field-added", Severity.Breaking, "A field is new, and its features require it.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { Old: null, Of: not null, New: { SaysRequired: false, Cardinality: Cardinality.Required } }
        ? Spec.Says($"the {pair.Element} is new and required").On(Pb.At(8, 21))
        : null;
}
