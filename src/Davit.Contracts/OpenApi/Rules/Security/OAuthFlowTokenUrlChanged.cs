using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Security;

/// <summary>Callers talk to the old address.</summary>
internal sealed class OAuthFlowTokenUrlChanged : IRule<FlowPair>
{
    private static readonly RuleSpec Spec = Oas.Own("oauth-token-url-changed", Severity.Warning, Side.Neither, "The address for tokens moved.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FlowPair pair) => pair.Differs("tokenUrl") ? Spec.Says($"the address for tokens is {pair.New["tokenUrl"].Text} now").At(pair.Old["tokenUrl"], pair.New["tokenUrl"]) : null;
}
