using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Services;

/// <summary>The other side writes another message.</summary>
internal sealed class ResponseTypeChanged : IRule<MethodPair>
{
    private static readonly RuleSpec Spec = Pb.Known("RPC_SAME_RESPONSE_TYPE", "A method answers another message.", Side.Response);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(MethodPair pair) => pair.New is { } @new && pair.Old.Output != @new.Output
        ? Spec.Says($"the {pair.Element} answers {@new.Output}; before it was {pair.Old.Output}").On(Pb.At(3))
        : null;
}
