using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Lifecycles;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>Less is promised than before, or more.</summary>
internal sealed class ParameterStability : IRule<ParameterPair>
{
    private static readonly RuleSpec Decreased = Oas.Own("request-parameter-stability-decreased", Severity.Breaking, Side.Request, "A parameter is less stable.");

    private static readonly RuleSpec Increased = Oas.Own("request-parameter-stability-increased", Severity.Note, Side.Request, "A parameter is more stable.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Decreased, Increased];

    public static Verdict? Judge(ParameterPair pair) => pair is { Old.Lifecycle: { } old, New.Lifecycle: { } now }
        ? Stability.Judge(old, now, pair.Of.Of.Settings, Decreased, Increased, pair.Told)?.At(old.StabilityNode, now.StabilityNode) : null;
}
