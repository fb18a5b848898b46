namespace Davit.Contracts.OpenApi.Lint.Rules.Security;

internal sealed class FlowScopesRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("oauth-flow-scopes-required", "A flow of OAuth 2 does not list its scopes.", "List the scopes; the list may be empty.", Part.OAuthFlow);

    public static Fault? Judge(Spot spot) => spot.Requires("scopes", $"the flow '{spot.Name}' has no scopes");
}
