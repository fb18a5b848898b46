namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class EnumEmpty : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("enum-empty", "A list of values holds none, so no value is valid.", "List at least one value, or leave the list out.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot["enum"] is { IsArray: true } list && list.Children.ToList() is [] ? list.Is("enum holds no value, so no value is valid") : null;
}
