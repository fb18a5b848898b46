using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Fields;

/// <summary>Readers take what the old type promised; a type that promises more disappoints none.</summary>
internal sealed class FieldTypeChanged : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Gql.Known("FIELD_TYPE_CHANGED", Severity.Breaking, Side.Response, "A field answers another type.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) =>
        pair is { Old: { } old, New: { } @new } && old.Type != @new.Type
            ? Spec.Says($"the {pair.Element} was of the type '{old.Type}' and is of the type '{@new.Type}'").Graded(TypeRef.IsSafeToAnswer(old.Type, @new.Type) ? Severity.Note : Severity.Breaking)
            : null;
}
