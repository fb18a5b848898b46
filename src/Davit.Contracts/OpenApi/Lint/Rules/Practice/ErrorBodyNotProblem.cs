using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Lint.Rules.Practice;

internal sealed class ErrorBodyNotProblem : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Own("error-body-not-problem", Severity.Note, "The body of an error is not application/problem+json, RFC 9457.", "Answer errors with application/problem+json.", Part.Response);

    public static Fault? Judge(Spot spot) => spot.Around is { Part: Part.Responses } && spot.Name is ['4' or '5', ..] or "default" && spot["content"] is { IsObject: true } content && content.Children.ToList() is { Count: > 0 } forms
        && !forms.Exists(f => f.Name!.StartsWith("application/problem+", StringComparison.OrdinalIgnoreCase)) ? content.Is($"the body of {spot.Name} is no problem document") : null;
}
