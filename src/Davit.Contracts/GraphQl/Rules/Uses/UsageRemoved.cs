using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Uses;

/// <summary>What a directive did to an element, only its author knows.</summary>
internal sealed class UsageRemoved : IRule<UsePair>
{
    private static readonly ImmutableSortedDictionary<Spot, RuleSpec> BySpot = Spots.Specs("REMOVED", "no longer carries");

    public static ImmutableArray<RuleSpec> Specs { get; } = [.. BySpot.Values];

    public static Verdict? Judge(UsePair pair) => pair.New is not null ? null
        : BySpot[pair.On.Spot].Says($"the {pair.On.Element} no longer carries @{pair.Name}")
            .Graded(pair.Name is "deprecated" or "oneOf" ? Severity.Note : Severity.Warning)
            .ClaimedBy(Claims.Of(pair));
}
