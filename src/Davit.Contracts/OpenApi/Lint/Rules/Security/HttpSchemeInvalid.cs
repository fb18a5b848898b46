namespace Davit.Contracts.OpenApi.Lint.Rules.Security;

internal sealed class HttpSchemeInvalid : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("security-scheme-http-scheme-invalid", "A security scheme of HTTP does not say which.", "Name the scheme, such as basic or bearer.", Part.SecurityScheme);

    public static Fault? Judge(Spot spot) => spot["type"].Text is "http" && string.IsNullOrEmpty(spot["scheme"].Text) ? spot.Node.Is("the scheme of HTTP authentication is missing") : null;
}
