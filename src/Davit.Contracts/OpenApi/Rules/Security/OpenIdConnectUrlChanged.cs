using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Security;

/// <summary>Callers learn of another issuer.</summary>
internal sealed class OpenIdConnectUrlChanged : IRule<SchemePair>
{
    private static readonly RuleSpec Spec = Oas.Own("openid-connect-url-changed", Severity.Warning, Side.Neither, "The address of the issuer moved.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(SchemePair pair) => pair is { Type: "openIdConnect" } && pair.Differs("openIdConnectUrl") ? Spec.Says($"the issuer is described at {pair.New["openIdConnectUrl"].Text} now").At(pair.Old["openIdConnectUrl"], pair.New["openIdConnectUrl"]) : null;
}
