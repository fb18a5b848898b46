using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Enums;

/// <summary>Unknown numbers are kept in the field or put aside.</summary>
internal sealed class EnumTypeChanged : IRule<EnumPair>
{
    private static readonly RuleSpec Spec = Pb.Known("ENUM_SAME_TYPE", "An enum is open instead of closed, or the reverse.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(EnumPair pair) => pair.Old.Features.IsClosedEnum != pair.New.Features.IsClosedEnum
        ? Spec.Says($"the {pair.Element} was {Told(pair.Old)} and is {Told(pair.New)}").On(Pb.At(3, 7, 2))
        : null;

    private static string Told(ProtoEnum one) => one.Features.IsClosedEnum ? "closed" : "open";
}
