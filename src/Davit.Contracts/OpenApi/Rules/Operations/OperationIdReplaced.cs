using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Generated clients lose the method of the old name.</summary>
internal sealed class OperationIdReplaced : IRule<OperationPair>
{
    private static readonly RuleSpec Spec = Oas.Own("operation-id-changed", Severity.Warning, Side.Neither, "An operation has another id.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(OperationPair pair) => IsReplaced(pair) ? Spec.Says($"the operation id '{pair.Old!.Id}' is '{pair.New!.Id}' now").At(pair.Old.Node["operationId"], pair.New.Node["operationId"]) : null;

    internal static RuleSpec? Claimant(OperationPair pair) => IsReplaced(pair) ? Spec : null;

    private static bool IsReplaced(OperationPair pair) => pair is { Old.Id: { Length: > 0 } was, New.Id: { Length: > 0 } now } && was != now;
}
