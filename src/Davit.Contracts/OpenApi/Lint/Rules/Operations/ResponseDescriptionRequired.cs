namespace Davit.Contracts.OpenApi.Lint.Rules.Operations;

/// <summary>From 3.2 on a response need not be described.</summary>
internal sealed class ResponseDescriptionRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("response-description-required", "A response has no description.", "Describe the response in a sentence.", Part.Response);

    public static Fault? Judge(Spot spot) => spot.Version >= SpecVersion.V32 ? null : spot.Requires("description", "the description of the response is missing");
}
