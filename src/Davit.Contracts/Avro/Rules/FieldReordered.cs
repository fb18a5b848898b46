using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>Fields are resolved by name.</summary>
internal sealed class FieldReordered : IRule<TypePair>
{
    private static readonly RuleSpec Spec = Avr.Tells("field-reordered", "The fields of a record stand in another order.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(TypePair pair)
    {
        var (old, now) = (pair.Old.Fields.Select(f => f.Name), pair.New.Fields.Select(f => f.Name));
        return old.Intersect(now, StringComparer.Ordinal).SequenceEqual(now.Intersect(old, StringComparer.Ordinal), StringComparer.Ordinal) ? null : Spec.Says("the fields stand in another order");
    }
}
