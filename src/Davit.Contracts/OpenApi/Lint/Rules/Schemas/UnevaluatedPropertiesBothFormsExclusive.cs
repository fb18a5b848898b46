namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class UnevaluatedPropertiesBothFormsExclusive : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("unevaluated-properties-both-forms-exclusive", "unevaluatedProperties is given twice, as true or false and as a schema.", "Keep one of the two.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot["unevaluatedProperties"].Exists && spot.Node.Children.ToList().FindAll(c => c.Name is "unevaluatedProperties") is [var first, .., var last] && first.Kind != last.Kind ? last.Is("unevaluatedProperties is given both as true or false and as a schema") : null;
}
