using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Avro.Schemas;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>A fixed type is read only at its own size.</summary>
internal sealed class FixedSizeChanged : IRule<TypePair>
{
    private static readonly RuleSpec Spec = Avr.Fails("fixed-size-changed", "A fixed type has another size.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(TypePair pair) =>
        pair is { Old.Kind: AvroKind.Fixed, New.Kind: AvroKind.Fixed } && pair.Old.Size != pair.New.Size ? Spec.Says($"the size went from {pair.Old.Size} to {pair.New.Size} bytes") : null;
}
