using System.Collections.Immutable;
using System.Globalization;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Consumers that call it get 404.</summary>
internal sealed class OperationRemoved : IRule<OperationPair>
{
    private static readonly RuleSpec Gone = Oas.Known("api-removed-without-deprecation", Severity.Breaking, Side.Neither, "An operation is gone without notice.");

    private static readonly RuleSpec GoneDeprecated = Oas.Known("api-removed-with-deprecation", Severity.Note, Side.Neither, "An operation is gone that was deprecated.");

    private static readonly RuleSpec GoneEarly = Oas.Known("api-removed-before-sunset", Severity.Breaking, Side.Neither, "An operation is gone before its end date.");

    private static readonly RuleSpec PathGone = Oas.Known("api-path-removed-without-deprecation", Severity.Breaking, Side.Neither, "A path is gone without notice.");

    private static readonly RuleSpec PathGoneDeprecated = Oas.Known("api-path-removed-with-deprecation", Severity.Note, Side.Neither, "A path is gone whose operation was deprecated.");

    private static readonly RuleSpec PathGoneEarly = Oas.Known("api-path-removed-before-sunset", Severity.Breaking, Side.Neither, "A path is gone before the end date of its operation.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Gone, GoneDeprecated, GoneEarly, PathGone, PathGoneDeprecated, PathGoneEarly];

    public static Verdict? Judge(OperationPair pair)
    {
        if (pair is not { New: null, Old.Lifecycle: { IsSunsetUnreadable: false, Rank: { } rank } life } || rank < pair.Of.Settings.LeastStability)
            return null;
        if (!life.IsDeprecated)
            return (pair.IsWholePath ? PathGone : Gone).Says("the operation is gone, and no notice was given").ClaimedBy(OperationRelocated.Claimant(pair));
        if (life.Sunset is not { } sunset)
            return (pair.IsWholePath ? PathGoneDeprecated : GoneDeprecated).Says("the operation, which was deprecated, is gone");
        return pair.Of.Settings.Today < sunset ? (pair.IsWholePath ? PathGoneEarly : GoneEarly).Says($"the operation is gone before its end date {sunset.ToString("O", CultureInfo.InvariantCulture)}") : null;
    }
}
