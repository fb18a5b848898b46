using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Uses;

/// <summary>What a directive does to an element, only its author knows.</summary>
internal sealed class UsageAdded : IRule<UsePair>
{
    private static readonly ImmutableSortedDictionary<Spot, RuleSpec> BySpot = Spots.Specs("ADDED", "now carries");

    public static ImmutableArray<RuleSpec> Specs { get; } = [.. BySpot.Values];

    public static RuleSpec At(Spot spot) => BySpot[spot];

    public static Verdict? Judge(UsePair pair) => pair.Old is not null ? null
        : At(pair.On.Spot).Says($"the {pair.On.Element} now carries @{pair.Name}").Graded(Level(pair)).ClaimedBy(Claims.Of(pair));

    private static Severity Level(UsePair pair) => pair switch
    {
        { On: { IsNew: true, Spot: not Spot.Field } } or { Name: "deprecated" } => Severity.Note,
        { Name: "oneOf" } => Severity.Breaking,
        _ => Severity.Warning,
    };
}
