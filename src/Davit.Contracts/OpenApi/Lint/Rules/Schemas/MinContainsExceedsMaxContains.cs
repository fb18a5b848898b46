namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class MinContainsExceedsMaxContains : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("min-contains-exceeds-max-contains", "minContains is above maxContains, so no value fits.", "Lower minContains or raise maxContains.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot.Crosses("minContains", "maxContains");
}
