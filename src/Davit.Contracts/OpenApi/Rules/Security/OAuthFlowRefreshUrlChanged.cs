using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Security;

/// <summary>Callers talk to the old address.</summary>
internal sealed class OAuthFlowRefreshUrlChanged : IRule<FlowPair>
{
    private static readonly RuleSpec Spec = Oas.Own("oauth-refresh-url-changed", Severity.Warning, Side.Neither, "The address for refreshing moved.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FlowPair pair) => pair.Differs("refreshUrl") ? Spec.Says($"the address for refreshing is {pair.New["refreshUrl"].Text} now").At(pair.Old["refreshUrl"], pair.New["refreshUrl"]) : null;
}
