namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class UnevaluatedItemsBothFormsExclusive : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("unevaluated-items-both-forms-exclusive", "unevaluatedItems is given twice, as true or false and as a schema.", "Keep one of the two.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot["unevaluatedItems"].Exists && spot.Node.Children.ToList().FindAll(c => c.Name is "unevaluatedItems") is [var first, .., var last] && first.Kind != last.Kind ? last.Is("unevaluatedItems is given both as true or false and as a schema") : null;
}
