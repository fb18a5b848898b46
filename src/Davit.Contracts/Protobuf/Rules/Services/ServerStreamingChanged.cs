using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Services;

/// <summary>One message and many are called in different ways.</summary>
internal sealed class ServerStreamingChanged : IRule<MethodPair>
{
    private static readonly RuleSpec Spec = Pb.Known("RPC_SAME_SERVER_STREAMING", "A method answers a stream instead of one message, or the reverse.", Side.Response);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(MethodPair pair) => pair.New is { } @new && pair.Old.IsServerStreaming != @new.IsServerStreaming
        ? Spec.Says($"the {pair.Element} answers {(@new.IsServerStreaming ? "a stream" : "one message")} now")
        : null;
}
