using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Types;

/// <summary>Operations may name it.</summary>
internal sealed class TypeAdded : IRule<TypePair>
{
    private static readonly RuleSpec Spec = Gql.Known("TYPE_ADDED", Severity.Note, Side.Neither, "A type is new.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(TypePair pair) => pair.Old is null ? Spec.Says($"the {pair.Element} is new") : null;
}
