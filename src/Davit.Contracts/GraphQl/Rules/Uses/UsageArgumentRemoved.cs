using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Uses;

/// <summary>graphql-inspector takes another value for an old argument that went and a new one that came.</summary>
internal sealed class UsageArgumentRemoved : IRule<UseArgumentPair>
{
    private static readonly RuleSpec Spec = Gql.Known("DIRECTIVE_USAGE_ARGUMENT_REMOVED", Severity.Warning, Side.Neither, "A directive on an element lost an argument.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(UseArgumentPair pair) => pair.New is null || pair.IsChanged ? Spec.Says($"the {pair.Of.Element} no longer has the argument '{pair.Name}'").ClaimedBy(Claims.Of(pair)) : null;
}
