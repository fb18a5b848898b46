using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Services;

/// <summary>The other side writes another message.</summary>
internal sealed class RequestTypeChanged : IRule<MethodPair>
{
    private static readonly RuleSpec Spec = Pb.Known("RPC_SAME_REQUEST_TYPE", "A method takes another message.", Side.Request);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(MethodPair pair) => pair.New is { } @new && pair.Old.Input != @new.Input
        ? Spec.Says($"the {pair.Element} takes {@new.Input}; before it was {pair.Old.Input}").On(Pb.At(2))
        : null;
}
