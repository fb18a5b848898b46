namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class MinItemsExceedsMaxItems : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("min-items-exceeds-max-items", "minItems is above maxItems, so no value fits.", "Lower minItems or raise maxItems.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot.Crosses("minItems", "maxItems");
}
