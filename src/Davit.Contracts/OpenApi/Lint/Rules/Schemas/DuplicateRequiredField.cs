namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class DuplicateRequiredField : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("duplicate-required-field", "A property is listed as required twice.", "Keep the name once.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot["required"] is { IsArray: true } list && list.Twin() is { Exists: true } twin ? twin.Is($"'{twin.Scalar}' is in required more than once") : null;
}
