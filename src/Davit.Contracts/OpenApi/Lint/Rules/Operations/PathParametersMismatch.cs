using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Model;

namespace Davit.Contracts.OpenApi.Lint.Rules.Operations;

internal sealed class PathParametersMismatch : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("path-parameters-mismatch", "The variables of a path and the path parameters of an operation disagree.", "Declare one path parameter for each variable of the path, and none besides.", Part.Operation);

    public static Fault? Judge(Spot spot) => spot.IsCall && Problem(spot) is { } problem ? spot.Node.Is(problem) : null;

    private static string? Problem(Spot spot)
    {
        var variables = new PathTemplate(spot.Around!.Name).Variables;
        List<Node> parameters = [.. spot["parameters"].Children.ToList().Concat(spot.Around["parameters"].Children.ToList()).Select(spot.Context.Resolve)];
        if (!parameters.TrueForAll(p => p.Exists))
            return null;
        var declared = parameters.Where(p => p["in"].Text is "path").Select(p => p["name"].Text ?? "").ToHashSet(StringComparer.Ordinal);
        if (variables.FirstOrDefault(v => !declared.Contains(v)) is { } undeclared)
            return $"the variable '{undeclared}' of the path is not declared as a parameter";
        return declared.FirstOrDefault(d => !variables.Contains(d, StringComparer.Ordinal)) is { } unknown ? $"the path parameter '{unknown}' is not in the path" : null;
    }
}
