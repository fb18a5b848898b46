using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Nobody can tell what is promised.</summary>
internal sealed class OperationStabilityUnknown : IRule<LifecyclePair>
{
    private static readonly RuleSpec Spec = Oas.Known("api-invalid-stability-level", Severity.Breaking, Side.Neither, "The word for the stability is not one of draft, alpha, beta and stable.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(LifecyclePair pair) => pair.Lifecycle.IsStabilityUnknown ? Spec.Says("the stability is not one of draft, alpha, beta and stable") : null;
}
