namespace Davit.Contracts.OpenApi.Lint.Rules.Examples;

internal sealed class ValueExternalValueMutuallyExclusive : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("value-external-value-mutually-exclusive", "An example has both a value and the address of one.", "Keep value or externalValue, not both.", Part.Example);

    public static Fault? Judge(Spot spot) => spot.Excludes("value", "externalValue", "an example has a value or an externalValue, not both");
}
