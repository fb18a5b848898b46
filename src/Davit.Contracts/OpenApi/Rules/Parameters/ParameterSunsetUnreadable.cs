using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>Nobody knows until when it may be sent.</summary>
internal sealed class ParameterSunsetUnreadable : IRule<ParameterPair>
{
    private static readonly RuleSpec Spec = Oas.Known("request-parameter-sunset-parse", Severity.Breaking, Side.Request, "The end date of a parameter cannot be read.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ParameterPair pair)
    {
        var isGone = pair is { New: null, Old.Lifecycle: { IsDeprecated: true, IsSunsetUnreadable: true } };
        var isChanged = pair is { Old.Lifecycle: { HasSunset: true } old, New.Lifecycle: { IsDeprecated: true, HasSunset: true } now }
            && !Documents.NodeEquality.Same(old.SunsetNode, now.SunsetNode) && (old.IsSunsetUnreadable || now.IsSunsetUnreadable);
        return isGone || isChanged ? Spec.Says($"the end date of {pair.Told} cannot be read; a date looks like 2027-01-31").At(pair.Old?.Lifecycle.SunsetNode ?? default, pair.New?.Lifecycle.SunsetNode ?? default) : null;
    }
}
