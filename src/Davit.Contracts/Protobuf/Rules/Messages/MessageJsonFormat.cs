using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Messages;

/// <summary>The compiler no longer vouches for its JSON.</summary>
internal sealed class MessageJsonFormat : IRule<MessagePair>
{
    private static readonly RuleSpec Spec = Pb.Known("MESSAGE_SAME_JSON_FORMAT", "A message is no longer sure to be written as JSON.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(MessagePair pair) => pair is { Old.Features.IsJsonAllowed: true, New.Features.IsJsonAllowed: false }
        ? Spec.Says($"JSON is no longer sure for the {pair.Element}").On(Pb.At(7, 12, 6))
        : null;
}
