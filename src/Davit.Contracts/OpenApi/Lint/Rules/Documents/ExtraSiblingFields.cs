namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class ExtraSiblingFields : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Warning("extra-sibling-fields", "Fields beside a reference are ignored.", "Move the fields to what the reference leads to; from 3.1 on a summary and a description may stay, and schemas may have any keyword.", Part.Reference);

    public static Fault? Judge(Spot spot) => spot.Target is Part.PathItem || (spot.Target is Part.Schema && spot.Version >= SpecVersion.V31) ? null
        : spot.Node.Children.ToList().Find(c => !MayStay(c.Name!, spot.Version)) is { Exists: true } ignored ? ignored.Is($"'{ignored.Name}' stands beside a reference and is ignored") : null;

    private static bool MayStay(string name, SpecVersion version) =>
        name is "$ref" || name.StartsWith("x-", StringComparison.Ordinal) || (version >= SpecVersion.V31 && (name is "summary" or "description"));
}
