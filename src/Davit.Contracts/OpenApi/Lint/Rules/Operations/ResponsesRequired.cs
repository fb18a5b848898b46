namespace Davit.Contracts.OpenApi.Lint.Rules.Operations;

internal sealed class ResponsesRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("responses-required", "The responses of an operation hold no response.", "Describe at least one response.", Part.Responses);

    public static Fault? Judge(Spot spot) => spot.Node.Children.ToList().Exists(c => !c.Name!.StartsWith("x-", StringComparison.Ordinal)) ? null : spot.Node.Is("responses holds no response");
}
