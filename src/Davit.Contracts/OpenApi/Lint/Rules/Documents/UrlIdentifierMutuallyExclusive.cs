namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class UrlIdentifierMutuallyExclusive : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("url-identifier-mutually-exclusive", "A license is told both by an address and by an identifier.", "Keep the identifier or the address, not both.", Part.License);

    public static Fault? Judge(Spot spot) => spot.Excludes("url", "identifier", "a license has a url or an identifier, not both");
}
