using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Lint.Rules.Practice;

internal sealed class SecurityNoneDeclared : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Own("security-none-declared", Severity.Warning, "The document does not say how callers prove who they are.", "Declare a security scheme and require it; write security: [] where everybody may call.", Part.Document);

    public static Fault? Judge(Spot spot) => spot["security"].Exists || spot["components"]["securitySchemes"].Exists ? null : spot.Node.Is("no security is declared");
}
