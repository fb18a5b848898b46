using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Types;

/// <summary>Operations that name it are refused.</summary>
internal sealed class TypeRemoved : IRule<TypePair>
{
    private static readonly RuleSpec Spec = Gql.Known("TYPE_REMOVED", Severity.Breaking, Side.Neither, "A type is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(TypePair pair) => pair.New is null ? Spec.Says($"the {pair.Element} is gone") : null;
}
