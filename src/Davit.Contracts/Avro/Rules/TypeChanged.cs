using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Avro.Resolution;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>What was written as one type cannot be read as the other.</summary>
internal sealed class TypeChanged : IRule<TypePair>
{
    private static readonly RuleSpec Spec = Avr.Fails("type-changed", "The type is another one that does not resolve.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(TypePair pair) =>
        !pair.IsSameKind && !AvroResolution.IsPromotion(pair.Old.Kind, pair.New.Kind) ? Spec.Says($"the type went from {pair.Old} to {pair.New}") : null;
}
