namespace Davit.Contracts.OpenApi.Lint.Rules.Security;

internal sealed class FlowsRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("flows-required", "A security scheme of OAuth 2 has no flows.", "Describe at least one flow.", Part.SecurityScheme);

    public static Fault? Judge(Spot spot) => spot["type"].Text is "oauth2" && !spot["flows"].IsObject ? spot.Node.Is("the flows of OAuth 2 are missing") : null;
}
