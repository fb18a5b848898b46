using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Messages;

/// <summary>Code that asks generated classes for their descriptor does not build.</summary>
internal sealed class AccessorRemoved : IRule<MessagePair>
{
    private static readonly RuleSpec Spec = Pb.Known("MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR", "A message loses the usual way to its descriptor.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(MessagePair pair) => pair is { Old.LacksAccessor: false, New.LacksAccessor: true }
        ? Spec.Says($"the {pair.Element} says no_standard_descriptor_accessor now").On(Pb.At(7, 2))
        : null;
}
