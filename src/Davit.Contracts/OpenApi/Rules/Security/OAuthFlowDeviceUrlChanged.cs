using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Security;

/// <summary>Callers talk to the old address.</summary>
internal sealed class OAuthFlowDeviceUrlChanged : IRule<FlowPair>
{
    private static readonly RuleSpec Spec = Oas.Own("oauth-device-authorization-url-changed", Severity.Warning, Side.Neither, "The address for devices moved.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FlowPair pair) => pair.Differs("deviceAuthorizationUrl") ? Spec.Says($"the address for devices is {pair.New["deviceAuthorizationUrl"].Text} now").At(pair.Old["deviceAuthorizationUrl"], pair.New["deviceAuthorizationUrl"]) : null;
}
