namespace Davit.Contracts.OpenApi.Lint.Rules.Security;

internal sealed class SecuritySchemeTypeInvalid : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("security-scheme-type-invalid", "The type of a security scheme is none that there is.", "Write one of apiKey, http, oauth2 and openIdConnect; from 3.1 on also mutualTLS.", Part.SecurityScheme);

    public static Fault? Judge(Spot spot) => spot["type"].Text is "apiKey" or "http" or "oauth2" or "openIdConnect" || (spot["type"].Text is "mutualTLS" && spot.Version >= SpecVersion.V31) ? null
        : (spot["type"] is { Exists: true } type ? type : spot.Node).Is("the type of the security scheme is none that there is");
}
