using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Security;

/// <summary>Callers get their tokens in another way.</summary>
internal sealed class OAuthFlowChanged : IRule<FlowPair>
{
    private static readonly RuleSpec Removed = Oas.Own("oauth-flow-removed", Severity.Breaking, Side.Neither, "A flow is gone.");

    private static readonly RuleSpec Added = Oas.Own("oauth-flow-added", Severity.Note, Side.Neither, "A flow is offered.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Removed, Added];

    public static Verdict? Judge(FlowPair pair) => pair.IsRemoved ? Removed.Says($"the flow {pair.Flow} is gone") : pair.IsAdded ? Added.Says($"the flow {pair.Flow} is offered now") : null;
}
