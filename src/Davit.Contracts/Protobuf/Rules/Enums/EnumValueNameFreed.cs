using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Enums;

/// <summary>The name may be used again, and old JSON is then misread.</summary>
internal sealed class EnumValueNameFreed : IRule<EnumNumberPair>
{
    private static readonly RuleSpec Spec = Pb.Known("ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED", "A value of an enum is gone and its name is not reserved.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(EnumNumberPair pair) => pair is { New: [], AreNamesReserved: false }
        ? Spec.Says($"the value {pair.OldNames} ({pair.Number}) of the {pair.Of.Element} is gone and its name is not reserved").ClaimedBy(EnumValueDeleted.Spec)
        : null;
}
