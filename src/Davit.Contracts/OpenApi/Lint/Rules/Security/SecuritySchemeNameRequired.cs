namespace Davit.Contracts.OpenApi.Lint.Rules.Security;

internal sealed class SecuritySchemeNameRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("security-scheme-name-required", "An API key has no name.", "Name the parameter, header or cookie that carries the key.", Part.SecurityScheme);

    public static Fault? Judge(Spot spot) => spot["type"].Text is "apiKey" && !spot["name"].IsString ? spot.Node.Is("the name of the key is missing") : null;
}
