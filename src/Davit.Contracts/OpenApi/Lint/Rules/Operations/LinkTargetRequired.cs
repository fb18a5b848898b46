namespace Davit.Contracts.OpenApi.Lint.Rules.Operations;

internal sealed class LinkTargetRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("operation-id-or-operation-ref-required", "A link does not say to which operation it leads.", "Name the operation by operationId or operationRef.", Part.Link);

    public static Fault? Judge(Spot spot) => spot["operationId"].IsMissing() && spot["operationRef"].IsMissing() ? spot.Node.Is("the link names no operation") : null;
}
