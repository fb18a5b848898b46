namespace Davit.Contracts.OpenApi.Lint.Rules.Parameters;

internal sealed class HeaderContentSingleEntry : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("header-content-single-entry", "The content of a header is not exactly one media type.", "Keep one media type.", Part.Header);

    public static Fault? Judge(Spot spot) => spot["content"] is { IsObject: true } content && content.Children.ToList().Count is not 1 ? content.Is("the content of a header is exactly one media type") : null;
}
