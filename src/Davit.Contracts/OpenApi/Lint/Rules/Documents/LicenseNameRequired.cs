namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class LicenseNameRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("license-name-required", "A license has no name.", "Give the license its name.", Part.License);

    public static Fault? Judge(Spot spot) => spot.Requires("name", "the name of the license is missing");
}
