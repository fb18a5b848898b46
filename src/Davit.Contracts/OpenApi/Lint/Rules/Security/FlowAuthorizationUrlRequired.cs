namespace Davit.Contracts.OpenApi.Lint.Rules.Security;

internal sealed class FlowAuthorizationUrlRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("oauth-flow-authorization-url-required", "A flow of OAuth 2 does not say where people are asked.", "Give authorizationUrl.", Part.OAuthFlow);

    public static Fault? Judge(Spot spot) => spot.Name is "implicit" or "authorizationCode" ? spot.Requires("authorizationUrl", $"the flow '{spot.Name}' has no authorizationUrl") : null;
}
