using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class ConstNotInEnum : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("const-not-in-enum", "The only value allowed is not in the list of values, so no value is valid.", "Add the value to the list, or leave the list out.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot["const"] is { Exists: true } only && spot["enum"] is { IsArray: true } list && !list.Children.ToList().Exists(v => NodeEquality.Same(v, only)) ? only.Is("const is none of the values in enum") : null;
}
