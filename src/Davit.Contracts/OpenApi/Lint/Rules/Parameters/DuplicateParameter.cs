using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint.Rules.Parameters;

internal sealed class DuplicateParameter : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Warning("duplicate-parameter", "A parameter is declared twice.", "Keep one declaration of the parameter.", Part.Operation, Part.PathItem);

    public static Fault? Judge(Spot spot) => Twin(spot) is { Exists: true } twin ? twin.Is($"the {spot.Context.Resolve(twin)["in"].Text} parameter '{spot.Context.Resolve(twin)["name"].Text}' is declared more than once") : null;

    private static Node Twin(Spot spot)
    {
        var seen = new HashSet<(string?, string?)>();
        return spot["parameters"].Children.ToList().Find(p => spot.Context.Resolve(p) is { Exists: true } parameter && parameter["name"].IsString && !seen.Add((parameter["in"].Text, parameter["name"].Text)));
    }
}
