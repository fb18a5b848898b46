namespace Davit.Contracts.OpenApi.Lint.Rules.Examples;

internal sealed class DefaultViolatesSchema : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Warning("default-violates-schema", "A default is not valid by its own schema.", "Correct the default or the schema.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot["default"] is { Exists: true } value && spot.Context.Values.Refuses(spot.Node, value) ? value.Is("the default is not valid by its own schema") : null;
}
