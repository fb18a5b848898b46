using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Enums;

/// <summary>The number may be used again, and old data is then misread.</summary>
internal sealed class EnumValueNumberFreed : IRule<EnumNumberPair>
{
    private static readonly RuleSpec Spec = Pb.Known("ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED", "A value of an enum is gone and its number is not reserved.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(EnumNumberPair pair) => pair is { New: [], IsNumberReserved: false }
        ? Spec.Says($"the value {pair.OldNames} of the {pair.Of.Element} is gone and its number {pair.Number} is not reserved").ClaimedBy(EnumValueDeleted.Spec)
        : null;
}
