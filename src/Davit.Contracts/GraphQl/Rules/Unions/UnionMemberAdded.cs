using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Unions;

/// <summary>Readers may meet a type that they have no fragment for.</summary>
internal sealed class UnionMemberAdded : IRule<UnionMemberPair>
{
    private static readonly RuleSpec Spec = Gql.Known("UNION_MEMBER_ADDED", Severity.Warning, Side.Response, "A type is now part of a union.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(UnionMemberPair pair) => pair.Old is not null ? null
        : pair.Of.IsNew ? Spec.Says($"the new {pair.Of.Element} holds {pair.Name}").Graded(Severity.Note)
        : Spec.Says($"the {pair.Of.Element} now holds {pair.Name}");
}
