namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class PathMustStartWithSlash : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("path-must-start-with-slash", "A path does not begin with a slash.", "Begin the path with a slash.", Part.PathItem);

    public static Fault? Judge(Spot spot) => spot.IsPath && !spot.Name.StartsWith('/') ? spot.Node.Is($"the path '{spot.Name}' does not begin with a slash") : null;
}
