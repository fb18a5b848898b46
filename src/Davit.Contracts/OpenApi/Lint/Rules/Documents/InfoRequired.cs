namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class InfoRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("info-required", "The document says nothing of itself.", "Add info with a title and a version.", Part.Document);

    public static Fault? Judge(Spot spot) => spot["info"].IsObject ? null : spot.Node.Is("info is missing or no object");
}
