namespace Davit.Contracts.OpenApi.Lint.Rules.Security;

internal sealed class OpenIdConnectUrlRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("openid-connect-url-required", "A security scheme of OpenID Connect has no address.", "Give the address of the discovery document in openIdConnectUrl.", Part.SecurityScheme);

    public static Fault? Judge(Spot spot) => spot["type"].Text is "openIdConnect" && !spot["openIdConnectUrl"].IsString ? spot.Node.Is("openIdConnectUrl is missing") : null;
}
