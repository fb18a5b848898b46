using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Security;

/// <summary>Callers talk to the old address.</summary>
internal sealed class OAuthFlowAuthorizationUrlChanged : IRule<FlowPair>
{
    private static readonly RuleSpec Spec = Oas.Own("oauth-authorization-url-changed", Severity.Warning, Side.Neither, "The address for authorisation moved.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FlowPair pair) => pair.Differs("authorizationUrl") ? Spec.Says($"the address for authorisation is {pair.New["authorizationUrl"].Text} now").At(pair.Old["authorizationUrl"], pair.New["authorizationUrl"]) : null;
}
