using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Types;

/// <summary>Nothing that was written for the old kind fits the new one.</summary>
internal sealed class TypeKindChanged : IRule<TypePair>
{
    private static readonly RuleSpec Spec = Gql.Known("TYPE_KIND_CHANGED", Severity.Breaking, Side.Neither, "A type is of another kind.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(TypePair pair) =>
        pair is { Old: { } old, New: { } @new } && old.Kind != @new.Kind ? Spec.Says($"'{old.Name}' was of the kind {old.KindTold} and is of the kind {@new.KindTold}") : null;
}
