using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Avro.Schemas;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>Symbols are resolved by name; only their order for sorting is another one.</summary>
internal sealed class EnumSymbolReordered : IRule<TypePair>
{
    private static readonly RuleSpec Spec = Avr.Tells("enum-symbol-reordered", "The symbols of an enum stand in another order.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(TypePair pair) =>
        pair is { Old.Kind: AvroKind.Enum, New.Kind: AvroKind.Enum }
        && !pair.Old.Symbols.Intersect(pair.New.Symbols, StringComparer.Ordinal).SequenceEqual(pair.New.Symbols.Intersect(pair.Old.Symbols, StringComparer.Ordinal), StringComparer.Ordinal)
            ? Spec.Says("the symbols stand in another order") : null;
}
