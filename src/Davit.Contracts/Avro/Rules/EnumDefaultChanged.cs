using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Avro.Schemas;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>The default is what unknown symbols are read as.</summary>
internal sealed class EnumDefaultChanged : IRule<TypePair>
{
    private static readonly RuleSpec Added = Avr.Tells("enum-default-added", "An enum has a default for unknown symbols.");

    private static readonly RuleSpec Changed = Avr.ChangesMeaningOfOldData("enum-default-changed", "Unknown symbols are read as another one.");

    private static readonly RuleSpec Removed = Avr.ChangesMeaningOfOldData("enum-default-removed", "Unknown symbols are no longer read.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Changed, Removed];

    public static Verdict? Judge(TypePair pair) => (pair.Old.DefaultSymbol, pair.New.DefaultSymbol) switch
    {
        _ when pair is not { Old.Kind: AvroKind.Enum, New.Kind: AvroKind.Enum } => null,
        (null, { } now) => Added.Says($"unknown symbols are read as {now}"),
        ({ } old, null) => Removed.Says($"unknown symbols were read as {old} and are refused now"),
        ({ } old, { } now) when old != now => Changed.Says($"unknown symbols were read as {old} and are read as {now} now"),
        _ => null,
    };
}
