namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class DuplicateEnumValue : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Warning("duplicate-enum-value", "A list of values holds a value twice.", "Keep the value once.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot["enum"] is { IsArray: true } list && list.Twin() is { Exists: true } twin ? twin.Is("the value is in enum more than once") : null;
}
