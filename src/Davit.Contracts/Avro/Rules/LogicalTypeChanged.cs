using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>The same bytes mean something else.</summary>
internal sealed class LogicalTypeChanged : IRule<TypePair>
{
    private static readonly RuleSpec Added = Avr.ChangesMeaning("logical-type-added", "A plain type has a logical type now.");

    private static readonly RuleSpec Removed = Avr.ChangesMeaning("logical-type-removed", "A logical type is plain now.");

    private static readonly RuleSpec Changed = Avr.Fails("logical-type-changed", "The logical type is another one.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed, Changed];

    public static Verdict? Judge(TypePair pair) => (pair.Old.Logical, pair.New.Logical) switch
    {
        _ when !pair.IsSameKind => null,
        (null, { } now) => Added.Says($"the values are {now.Name} now"),
        ({ } old, null) => Removed.Says($"the values were {old.Name} and are plain now"),
        ({ } old, { } now) when old.Name != now.Name => Changed.Says($"the values were {old.Name} and are {now.Name} now"),
        _ => null,
    };
}
