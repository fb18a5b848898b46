using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Messages;

/// <summary>The name may be used again for something else.</summary>
internal sealed class ReservedNameDeleted : IRule<ReservedNamePair>
{
    /// <summary>Numbers and names are one rule, told by the rule about numbers.</summary>
    public static ImmutableArray<RuleSpec> Specs { get; } = [];

    public static Verdict? Judge(ReservedNamePair pair) => pair.IsThere ? null
        : ReservedRangeDeleted.Of(pair.New).Says($"the name '{pair.Name}' is no longer reserved in the {pair.New.Told}");
}
