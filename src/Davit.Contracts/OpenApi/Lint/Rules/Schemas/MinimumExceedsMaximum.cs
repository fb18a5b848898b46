namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class MinimumExceedsMaximum : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("minimum-exceeds-maximum", "minimum is above maximum, so no value fits.", "Lower minimum or raise maximum.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot.Crosses("minimum", "maximum");
}
