namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class SubschemasEmpty : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("subschemas-empty", "A list of alternatives or conditions holds none.", "Add a schema to the list, or leave it out.", Part.Schema);

    public static Fault? Judge(Spot spot) => ((string[])["allOf", "anyOf", "oneOf"]).Select(k => spot[k]).FirstOrDefault(l => l.IsArray && l.Children.ToList() is []) is { Exists: true } empty ? empty.Is($"{empty.Name} is empty") : null;
}
