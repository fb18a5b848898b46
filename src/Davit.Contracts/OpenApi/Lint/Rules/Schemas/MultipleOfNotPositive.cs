using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class MultipleOfNotPositive : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("multiple-of-not-positive", "A value is to be a multiple of zero, or of a negative number.", "Write a number above zero.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot["multipleOf"] is { Number: { } step } at && step <= default(Numeral) ? at.Is($"multipleOf is {step}, which is not above zero") : null;
}
