using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Lint.Rules.Practice;

internal sealed class OperationIdMissing : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Own("operation-id-missing", Severity.Warning, "An operation has no id, so generated clients make one up and findings name it by its path.", "Give the operation an id.", Part.Operation);

    public static Fault? Judge(Spot spot) => spot.IsCall && !spot["operationId"].IsString ? spot.Node.Is("the operation has no operationId") : null;
}
