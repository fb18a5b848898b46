namespace Davit.Contracts.OpenApi.Lint.Rules.Security;

internal sealed class FlowsForbidden : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("flows-forbidden", "A security scheme that is not OAuth 2 has flows.", "Remove flows, or use the type oauth2.", Part.SecurityScheme);

    public static Fault? Judge(Spot spot) => spot["type"].Text is "oauth2" ? null : spot.Forbids("flows", "flows is only for the type oauth2");
}
