using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Enums;

/// <summary>Code that names it does not build, and data that holds it is not understood.</summary>
internal sealed class EnumValueDeleted : IRule<EnumNumberPair>
{
    internal static readonly RuleSpec Spec = Pb.Known("ENUM_VALUE_NO_DELETE", "A value of an enum is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(EnumNumberPair pair) => pair.New is []
        ? Spec.Says($"the value {pair.OldNames} ({pair.Number}) of the {pair.Of.Element} is gone").ClaimedBy(IsAnnounced(pair) ? Lifecycles.RemovedWithDeprecation.Spec : null)
        : null;

    private static bool IsAnnounced(EnumNumberPair pair) => pair is { IsNumberReserved: true, AreNamesReserved: true } && pair.Old.All(v => v.IsDeprecated);
}
