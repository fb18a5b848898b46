namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class PathsRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("paths-required", "The document offers nothing: there are no paths, nor what may stand in for them.", "Add paths, which may be empty; from 3.1 on webhooks or components do as well.", Part.Document);

    public static Fault? Judge(Spot spot) => spot["paths"] switch
    {
        { IsObject: true } => null,
        { Exists: true } wrong => wrong.Is("paths is no object"),
        _ => spot.Version >= SpecVersion.V31 && (spot["webhooks"].Exists || spot["components"].Exists) ? null : spot.Node.Is("paths is missing"),
    };
}
