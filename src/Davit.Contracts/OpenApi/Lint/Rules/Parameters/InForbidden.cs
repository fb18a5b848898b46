namespace Davit.Contracts.OpenApi.Lint.Rules.Parameters;

internal sealed class InForbidden : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("in-forbidden", "A header says where it is.", "Remove in; a header is always in the header.", Part.Header);

    public static Fault? Judge(Spot spot) => spot.Forbids("in", "a header has no field in");
}
