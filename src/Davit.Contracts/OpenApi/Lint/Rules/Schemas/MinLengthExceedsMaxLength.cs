namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class MinLengthExceedsMaxLength : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("min-length-exceeds-max-length", "minLength is above maxLength, so no value fits.", "Lower minLength or raise maxLength.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot.Crosses("minLength", "maxLength");
}
