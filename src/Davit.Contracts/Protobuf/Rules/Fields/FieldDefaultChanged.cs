using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>Where nothing is sent the two sides see different values.</summary>
internal sealed class FieldDefaultChanged : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Pb.Known("FIELD_SAME_DEFAULT", "A field has another default.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair)
    {
        if (pair is not { Old: { } oldField, New: { } newField } || FieldDefault.Of(oldField) is not { } old || FieldDefault.Of(newField) is not { } @new)
            return null;
        return (old.IsZero && @new.IsZero) || old.Same(@new) ? null
            : Spec.Says($"the default of the {pair.Element} was {old} and is {@new}").On(Pb.Named("default", 7)).ClaimedBy(oldField.Kind != newField.Kind ? FieldTypeChanged.Spec : null);
    }
}
