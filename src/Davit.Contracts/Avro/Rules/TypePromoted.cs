using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Avro.Resolution;
using Davit.Contracts.Avro.Schemas;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>Readers widen numbers, and read text as bytes and back.</summary>
internal sealed class TypePromoted : IRule<TypePair>
{
    private static readonly RuleSpec Number = Avr.FailsOldReaders("type-promoted", "A number is wider than before.");

    private static readonly RuleSpec Text = Avr.Tells("type-promoted-text", "Text became bytes, or bytes became text; each reads the other.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Number, Text];

    public static Verdict? Judge(TypePair pair)
    {
        if (!AvroResolution.IsPromotion(pair.Old.Kind, pair.New.Kind))
            return null;
        var rule = pair.Old.Kind is AvroKind.String or AvroKind.Bytes ? Text : Number;
        return rule.Says($"the type went from {pair.Old} to {pair.New}, which readers promote");
    }
}
