using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Model;

namespace Davit.Contracts.OpenApi.Lint.Rules.Practice;

internal sealed class SunsetPassed : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Own("sunset-passed", Severity.Warning, "Something is still there after the day on which it was to end.", "Remove it, or give a later day.", Part.Operation, Part.Parameter, Part.Header, Part.Schema);

    public static Fault? Judge(Spot spot) => new Lifecycle(spot.Node) is { Sunset: { } end } life && end < spot.Context.Today ? life.SunsetNode.Is($"it was to end on {end:yyyy-MM-dd}") : null;
}
