namespace Davit.Contracts.OpenApi.Lint.Rules.Parameters;

internal sealed class ParameterNameRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("parameter-name-required", "A parameter has no name.", "Give the parameter its name.", Part.Parameter);

    public static Fault? Judge(Spot spot) => spot["name"].IsString ? null : spot.Node.Is("the name of the parameter is missing");
}
