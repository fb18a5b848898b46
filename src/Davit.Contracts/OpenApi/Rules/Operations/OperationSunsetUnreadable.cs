using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Nobody knows until when it may be called.</summary>
internal sealed class OperationSunsetUnreadable : IRule<OperationPair>
{
    private static readonly RuleSpec Spec = Oas.Known("api-path-sunset-parse", Severity.Breaking, Side.Neither, "The end date of an operation that is gone or whose date changed cannot be read.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(OperationPair pair)
    {
        var isGone = pair is { New: null, Old.Lifecycle: { IsDeprecated: true, IsSunsetUnreadable: true } };
        var isChanged = pair is { Old.Lifecycle: { HasSunset: true } old, New.Lifecycle: { IsDeprecated: true, HasSunset: true } now }
            && !Documents.NodeEquality.Same(old.SunsetNode, now.SunsetNode) && (old.IsSunsetUnreadable || now.IsSunsetUnreadable);
        return isGone || isChanged ? Spec.Says("the end date cannot be read; a date looks like 2027-01-31").At(pair.Old?.Lifecycle.SunsetNode ?? default, pair.New?.Lifecycle.SunsetNode ?? default) : null;
    }
}
