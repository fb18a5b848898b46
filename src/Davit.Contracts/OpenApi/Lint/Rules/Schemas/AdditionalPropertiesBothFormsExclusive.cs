namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class AdditionalPropertiesBothFormsExclusive : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("additional-properties-both-forms-exclusive", "additionalProperties is given twice, as true or false and as a schema.", "Keep one of the two.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot["additionalProperties"].Exists && spot.Node.Children.ToList().FindAll(c => c.Name is "additionalProperties") is [var first, .., var last] && first.Kind != last.Kind ? last.Is("additionalProperties is given both as true or false and as a schema") : null;
}
