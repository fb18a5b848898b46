using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Lint.Rules.Practice;

internal sealed class UnusedComponent : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Own("unused-component", Severity.Warning, "Nothing refers to a component.", "Remove the component, or refer to it.", Part.Component);

    public static Fault? Judge(Spot spot) => spot.Context.IsUsed(spot.Node) || spot.Name.StartsWith("x-", StringComparison.Ordinal) ? null : spot.Node.Is($"nothing refers to '{spot.Name}'");
}
