using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Uses;

/// <summary>What the argument means, only the author of the directive knows.</summary>
internal sealed class UsageArgumentChanged : IRule<UseArgumentPair>
{
    public static RuleSpec Spec { get; } = Gql.Own("directive-usage-argument-changed", Severity.Warning, Side.Neither, "A directive on an element has another value for an argument.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    // A use that merely stands in another place among its like has not changed.
    public static Verdict? Judge(UseArgumentPair pair) => pair.IsChanged && !pair.Of.OldIsKept && Claims.Of(pair.Of) is null
        ? Spec.Says($"the argument '{pair.Name}' of the {pair.Of.Element} was {pair.Old!.Value} and is {pair.New!.Value}")
        : null;
}
