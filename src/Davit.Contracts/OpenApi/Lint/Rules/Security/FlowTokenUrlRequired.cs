namespace Davit.Contracts.OpenApi.Lint.Rules.Security;

internal sealed class FlowTokenUrlRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("oauth-flow-token-url-required", "A flow of OAuth 2 does not say where tokens are given.", "Give tokenUrl.", Part.OAuthFlow);

    public static Fault? Judge(Spot spot) => spot.Name is "password" or "clientCredentials" or "authorizationCode" or "deviceAuthorization" ? spot.Requires("tokenUrl", $"the flow '{spot.Name}' has no tokenUrl") : null;
}
