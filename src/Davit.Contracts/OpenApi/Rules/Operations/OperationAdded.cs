using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Consumers may call it.</summary>
internal sealed class OperationAdded : IRule<OperationPair>
{
    private static readonly RuleSpec Spec = Oas.Known("endpoint-added", Severity.Note, Side.Neither, "An operation is new.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(OperationPair pair) => pair.Old is null ? Spec.Says("the operation is new").ClaimedBy(OperationRelocated.Claimant(pair)) : null;
}
