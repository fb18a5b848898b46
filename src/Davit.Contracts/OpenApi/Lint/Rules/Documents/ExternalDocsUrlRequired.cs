namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class ExternalDocsUrlRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("external-docs-url-required", "External documentation has no address.", "Give the documentation its url.", Part.ExternalDocs);

    public static Fault? Judge(Spot spot) => spot.Requires("url", "the url of the documentation is missing");
}
