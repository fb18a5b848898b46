namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class InfoVersionRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("info-version-required", "The interface has no version.", "Give info a version.", Part.Info);

    public static Fault? Judge(Spot spot) => spot.Requires("version", "the version of the interface is missing");
}
