using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Types;

/// <summary>What is still there can no longer be asked for.</summary>
internal sealed class TypeBecameUnreachable : IRule<TypePair>
{
    private static readonly RuleSpec Spec = Gql.Own("type-became-unreachable", Severity.Warning, Side.Neither, "No operation comes by a type any more.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(TypePair pair) => pair.BecameUnreachable ? Spec.Says($"no operation comes by the {pair.Element} any more") : null;
}
