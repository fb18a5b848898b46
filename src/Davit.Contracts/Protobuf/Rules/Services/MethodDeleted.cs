using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Services;

/// <summary>Calls of it are refused.</summary>
internal sealed class MethodDeleted : IRule<MethodPair>
{
    private static readonly RuleSpec Spec = Pb.Known("RPC_NO_DELETE", "A method is gone.", Side.Request);

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(MethodPair pair) => pair.New is null
        ? Spec.Says($"the {pair.Element} is gone").ClaimedBy(pair.Old.IsDeprecated ? Lifecycles.RemovedWithDeprecation.Spec : null)
        : null;
}
