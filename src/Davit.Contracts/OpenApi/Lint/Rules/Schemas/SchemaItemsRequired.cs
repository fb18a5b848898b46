namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

/// <summary>From 3.1 on a list that does not say it holds anything.</summary>
internal sealed class SchemaItemsRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("schema-items-required", "A list does not say what it holds.", "Add items; an empty schema stands for anything.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot.Version is SpecVersion.V30 && spot["type"].Text is "array" && !spot["items"].Exists ? spot.Node.Is("the list has no items") : null;
}
