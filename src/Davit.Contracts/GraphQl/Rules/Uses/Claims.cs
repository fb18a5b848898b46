using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.GraphQl.Rules.Inputs;
using Davit.Contracts.GraphQl.Rules.Lifecycles;
using Davit.Contracts.GraphQl.Rules.Types;

namespace Davit.Contracts.GraphQl.Rules.Uses;

/// <summary>Directives that other rules understand and tell of in their own words.</summary>
internal static class Claims
{
    /// <returns>The rule that tells it; null for a directive of which nothing else is known.</returns>
    public static RuleSpec? Of(UsePair pair) => pair switch
    {
        { Name: "deprecated", On.Spot: Spot.FieldDefinition } => FieldDeprecation.Added,
        { Name: "deprecated", On.Spot: Spot.EnumValue } => EnumValueDeprecation.Added,
        { Name: "specifiedBy", On: { Spot: Spot.Scalar, IsNew: false } } => ScalarSpecifiedByChanged.Spec,
        { Name: "oneOf", On: { Spot: Spot.InputObject, IsNew: false }, Old: null } => InputTypeBecameOneOf.Spec,
        _ => Federation.Judge(pair)?.Rule,
    };

    /// <summary>The arguments of a use that came or went are part of the use.</summary>
    public static RuleSpec? Of(UseArgumentPair pair) => Of(pair.Of) ?? (pair.IsChanged ? UsageArgumentChanged.Spec : pair.Of.Old is null ? UsageAdded.At(pair.Of.On.Spot) : null);
}
