namespace Davit.Contracts.OpenApi.Lint.Rules.Operations;

internal sealed class RequestBodyContentRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("request-body-content-required", "A request body has no content.", "Name the media types of the body in content.", Part.RequestBody);

    public static Fault? Judge(Spot spot) => spot.Requires("content", "the body has no content");
}
