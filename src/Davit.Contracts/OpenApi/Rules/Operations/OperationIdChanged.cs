using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Generated clients lose the method of the old name.</summary>
internal sealed class OperationIdChanged : IRule<OperationPair>
{
    private static readonly RuleSpec Added = Oas.Known("api-operation-id-added", Severity.Note, Side.Neither, "An operation got an id.");

    private static readonly RuleSpec Removed = Oas.Known("api-operation-id-removed", Severity.Warning, Severity.Note, Side.Neither, "An operation lost its id, or has another.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed];

    public static Verdict? Judge(OperationPair pair)
    {
        if (pair is not { Old.Node: var old, New.Node: var now } || old["operationId"].Text == now["operationId"].Text)
            return null;
        return old["operationId"].Text is { Length: > 0 } was
            ? Removed.Says($"the operation id '{was}' is {(now["operationId"].Text is { Length: > 0 } is_ ? $"'{is_}' now" : "gone")}").At(old["operationId"], now["operationId"]).ClaimedBy(OperationIdReplaced.Claimant(pair))
            : Added.Says($"the operation has the id '{now["operationId"].Text}' now").At(default, now["operationId"]);
    }
}
