namespace Davit.Contracts.OpenApi.Lint.Rules.Security;

internal sealed class TokenUrlForbidden : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("token-url-forbidden", "A flow of OAuth 2 that gives its token at once says where tokens are given.", "Remove tokenUrl.", Part.OAuthFlow);

    public static Fault? Judge(Spot spot) => spot.Name is "implicit" ? spot.Forbids("tokenUrl", "the flow 'implicit' has no tokenUrl") : null;
}
