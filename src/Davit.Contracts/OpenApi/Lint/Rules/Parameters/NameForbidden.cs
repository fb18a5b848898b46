namespace Davit.Contracts.OpenApi.Lint.Rules.Parameters;

internal sealed class NameForbidden : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("name-forbidden", "A header gives its name a second time.", "Remove name; the key above is the name of the header.", Part.Header);

    public static Fault? Judge(Spot spot) => spot.Forbids("name", "a header has no field name");
}
