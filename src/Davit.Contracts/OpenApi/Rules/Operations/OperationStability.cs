using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Lifecycles;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Less is promised than before, or more.</summary>
internal sealed class OperationStability : IRule<OperationPair>
{
    private static readonly RuleSpec Decreased = Oas.Known("api-stability-decreased", Severity.Breaking, Side.Neither, "An operation is less stable.");

    private static readonly RuleSpec Increased = Oas.Known("api-stability-increased", Severity.Note, Side.Neither, "An operation is more stable.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Decreased, Increased];

    public static Verdict? Judge(OperationPair pair) => pair is { Old.Lifecycle: { } old, New.Lifecycle: { } now } ? Stability.Judge(old, now, pair.Of.Settings, Decreased, Increased, "the operation") : null;
}
