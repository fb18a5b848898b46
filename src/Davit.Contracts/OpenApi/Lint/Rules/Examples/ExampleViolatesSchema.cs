using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint.Rules.Examples;

/// <summary>The example of a media type that is not JSON is another form of the value, and is not judged.</summary>
internal sealed class ExampleViolatesSchema : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Note("example-violates-schema", "An example is not valid by the schema that it is an example of.", "Correct the example or the schema.", Part.Schema, Part.Parameter, Part.Header, Part.MediaType);

    public static Fault? Judge(Spot spot) => Examples(spot).Find(e => spot.Context.Values.Refuses(spot.Part is Part.Schema ? spot.Node : spot["schema"], e)) is { Exists: true } wrong ? wrong.Is("the example is not valid by its schema") : null;

    private static List<Node> Examples(Spot spot)
    {
        var examples = new List<Node>();
        if (spot.Part is Part.MediaType && !spot.Name.Contains("json", StringComparison.OrdinalIgnoreCase))
            return examples;
        if (spot["example"] is { Exists: true } one)
            examples.Add(one);
        if (spot.Part is Part.Schema)
            examples.AddRange(spot["examples"].IsArray ? spot["examples"].Children.ToList() : []);
        else
            examples.AddRange(spot["examples"].Children.ToList().ConvertAll(e => spot.Context.Resolve(e)["value"]).Where(v => v.Exists));
        return examples;
    }
}
