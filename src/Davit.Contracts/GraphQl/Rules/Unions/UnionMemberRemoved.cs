using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Unions;

/// <summary>Fragments on it match nothing any more and are refused.</summary>
internal sealed class UnionMemberRemoved : IRule<UnionMemberPair>
{
    private static readonly RuleSpec Spec = Gql.Known("UNION_MEMBER_REMOVED", Severity.Breaking, Side.Response, "A type is no longer part of a union.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(UnionMemberPair pair) => pair.New is null ? Spec.Says($"the {pair.Of.Element} no longer holds {pair.Name}") : null;
}
