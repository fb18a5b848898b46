namespace Davit.Contracts.OpenApi.Lint.Rules.Security;

internal sealed class AuthorizationUrlForbidden : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("authorization-url-forbidden", "A flow of OAuth 2 that asks no person says where people are asked.", "Remove authorizationUrl.", Part.OAuthFlow);

    public static Fault? Judge(Spot spot) => spot.Name is "password" or "clientCredentials" or "deviceAuthorization" ? spot.Forbids("authorizationUrl", $"the flow '{spot.Name}' has no authorizationUrl") : null;
}
