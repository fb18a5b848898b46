using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Inputs;

/// <summary>Operations that pass two of its fields, or none, are refused.</summary>
internal sealed class InputTypeBecameOneOf : IRule<TypePair>
{
    public static RuleSpec Spec { get; } = Gql.Own("input-type-became-one-of", Severity.Breaking, Side.Request, "Of the fields of an input type only one may be given.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(TypePair pair) =>
        pair is { Old: { Kind: TypeKind.InputObject, IsOneOf: false }, New.IsOneOf: true } && (pair.Of.Old.HasUses || !pair.Of.New.HasUses)
            ? Spec.Says($"exactly one field of the {pair.Element} must be given from now on")
            : null;
}
