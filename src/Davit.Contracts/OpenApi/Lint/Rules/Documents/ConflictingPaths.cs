using Davit.Contracts.OpenApi.Model;

namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class ConflictingPaths : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Warning("conflicting-paths", "Two paths differ only in what their variables are called.", "Keep one of the paths.", Part.PathItem);

    public static Fault? Judge(Spot spot) => spot.IsPath && spot.Context.First("path", new PathTemplate(spot.Name).Blank, spot.Node) is var first && !first.Equals(spot.Node)
        ? spot.Node.Is($"'{spot.Name}' and '{first.Name}' cannot be told apart") : null;
}
