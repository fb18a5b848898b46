namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class DefaultRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("default-required", "A variable of a server has no default.", "Give the variable a default.", Part.ServerVariable);

    public static Fault? Judge(Spot spot) => spot.Requires("default", $"the variable '{spot.Name}' has no default");
}
