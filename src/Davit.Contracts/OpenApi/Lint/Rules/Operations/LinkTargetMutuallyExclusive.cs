namespace Davit.Contracts.OpenApi.Lint.Rules.Operations;

internal sealed class LinkTargetMutuallyExclusive : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("operation-id-operation-ref-mutually-exclusive", "A link names its operation twice, by id and by reference.", "Keep operationId or operationRef, not both.", Part.Link);

    public static Fault? Judge(Spot spot) => spot.Excludes("operationId", "operationRef", "a link has an operationId or an operationRef, not both");
}
