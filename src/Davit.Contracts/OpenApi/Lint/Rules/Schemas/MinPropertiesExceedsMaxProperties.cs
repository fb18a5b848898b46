namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class MinPropertiesExceedsMaxProperties : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("min-properties-exceeds-max-properties", "minProperties is above maxProperties, so no value fits.", "Lower minProperties or raise maxProperties.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot.Crosses("minProperties", "maxProperties");
}
