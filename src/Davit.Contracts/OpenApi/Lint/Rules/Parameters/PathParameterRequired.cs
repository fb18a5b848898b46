namespace Davit.Contracts.OpenApi.Lint.Rules.Parameters;

internal sealed class PathParameterRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("path-parameter-required", "A path parameter is not marked as required.", "Write required: true.", Part.Parameter);

    public static Fault? Judge(Spot spot) => spot["in"].Text is "path" && spot["required"].Boolean is not true ? spot.Node.Is($"the path parameter '{spot["name"].Text}' is not marked as required") : null;
}
