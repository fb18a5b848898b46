namespace Davit.Contracts.OpenApi.Lint.Rules.Examples;

internal sealed class ExampleExamplesMutuallyExclusive : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("example-examples-mutually-exclusive", "There are both one example and a list of examples.", "Keep example or examples, not both.", Part.Parameter, Part.Header, Part.MediaType);

    public static Fault? Judge(Spot spot) => spot.Excludes("example", "examples", "there is an example or there are examples, not both");
}
