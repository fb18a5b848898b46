namespace Davit.Contracts.OpenApi.Lint.Rules.Parameters;

internal sealed class ParameterContentSingleEntry : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("parameter-content-single-entry", "The content of a parameter is not exactly one media type.", "Keep one media type.", Part.Parameter);

    public static Fault? Judge(Spot spot) => spot["content"] is { IsObject: true } content && content.Children.ToList().Count is not 1 ? content.Is("the content of a parameter is exactly one media type") : null;
}
