namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class DuplicateTag : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("duplicate-tag", "A tag is declared twice.", "Keep one declaration of the tag.", Part.Tag);

    public static Fault? Judge(Spot spot) => spot["name"].Text is { } name && !spot.Context.First("tag", name, spot.Node).Equals(spot.Node) ? spot.Node.Is($"the tag '{name}' is declared more than once") : null;
}
