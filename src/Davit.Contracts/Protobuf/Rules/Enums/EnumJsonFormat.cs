using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Enums;

/// <summary>The compiler no longer vouches for its JSON.</summary>
internal sealed class EnumJsonFormat : IRule<EnumPair>
{
    private static readonly RuleSpec Spec = Pb.Known("ENUM_SAME_JSON_FORMAT", "An enum is no longer sure to be written as JSON.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(EnumPair pair) => pair is { Old.Features.IsJsonAllowed: true, New.Features.IsJsonAllowed: false }
        ? Spec.Says($"JSON is no longer sure for the {pair.Element}").On(Pb.At(3, 7, 6))
        : null;
}
