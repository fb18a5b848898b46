namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class InfoTitleRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("info-title-required", "The interface has no title.", "Give info a title.", Part.Info);

    public static Fault? Judge(Spot spot) => spot.Requires("title", "the title is missing");
}
