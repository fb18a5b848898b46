using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>An alias is how a reader knows data under an older name.</summary>
internal sealed class AliasChanged : IRule<AliasPair>
{
    private static readonly RuleSpec Added = Avr.Tells("alias-added", "A name that older data may use is known.");

    private static readonly RuleSpec Removed = Avr.ChangesMeaningOfOldData("alias-removed", "A name that older data may use is no longer known.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed];

    public static Verdict? Judge(AliasPair pair) => pair switch
    {
        { Old: null, New: { } added } => Added.Says($"the alias {added} is new"),
        { Old: { } removed, New: null } => Removed.Says($"the alias {removed} is gone"),
        _ => null,
    };
}
