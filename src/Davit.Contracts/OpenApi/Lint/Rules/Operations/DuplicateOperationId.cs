namespace Davit.Contracts.OpenApi.Lint.Rules.Operations;

internal sealed class DuplicateOperationId : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("duplicate-operation-id", "Two operations have the same id.", "Give each operation an id of its own.", Part.Operation);

    public static Fault? Judge(Spot spot) => spot["operationId"].Text is { } id && !spot.Context.First("operation", id, spot.Node).Equals(spot.Node) ? spot["operationId"].Is($"the operation id '{id}' is used more than once") : null;
}
