using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>The full name of a type holds its namespace.</summary>
internal sealed class NamespaceChanged : IRule<TypePair>
{
    private static readonly RuleSpec Spec = Avr.Fails("namespace-changed", "A type is in another namespace and has no alias.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(TypePair pair) =>
        pair.IsMoved ? Spec.Says($"the type {pair.Old.Name.Full} is now {pair.New.Name.Full}") : null;
}
