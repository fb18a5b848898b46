using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>Nothing of the union is on the other side.</summary>
internal sealed class UnionUnrelated : IRule<UnionPair>
{
    private static readonly RuleSpec Spec = Avr.Fails("type-changed-with-union", "A type became a union without it, or a union became a type that it did not hold.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(UnionPair pair) =>
        pair.IsUnrelated ? Spec.Says($"the type went from {pair.Old} to {pair.New}") : null;
}
