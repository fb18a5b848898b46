using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Services;

/// <summary>One message and many are called in different ways.</summary>
internal sealed class ClientStreamingChanged : IRule<MethodPair>
{
    private static readonly RuleSpec Spec = Pb.Known("RPC_SAME_CLIENT_STREAMING", "A method takes a stream instead of one message, or the reverse.", Side.Request);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(MethodPair pair) => pair.New is { } @new && pair.Old.IsClientStreaming != @new.IsClientStreaming
        ? Spec.Says($"the {pair.Element} takes {(@new.IsClientStreaming ? "a stream" : "one message")} now")
        : null;
}
