using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Lifecycles;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>Callers must stop to send it, and should know until when.</summary>
internal sealed class ParameterDeprecation : IRule<ParameterPair>
{
    private static readonly RuleSpec Deprecated = Oas.Known("request-parameter-deprecated", Severity.Note, Side.Request, "A parameter was marked as deprecated.");

    private static readonly RuleSpec SunsetMissing = Oas.Known("request-parameter-deprecated-sunset-missing", Severity.Breaking, Side.Request, "A parameter was marked as deprecated without the end date that policy demands.");

    private static readonly RuleSpec SunsetTooSmall = Oas.Known("request-parameter-sunset-date-too-small", Severity.Breaking, Side.Request, "A parameter was marked as deprecated with an end date nearer than the notice period.");

    private static readonly RuleSpec Reactivated = Oas.Known("request-parameter-reactivated", Severity.Note, Side.Request, "A parameter is no longer deprecated.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Deprecated, SunsetMissing, SunsetTooSmall, Reactivated];

    public static Verdict? Judge(ParameterPair pair)
    {
        if (pair is not { Old.Lifecycle: { } old, New.Lifecycle: { } now } || old.IsDeprecated == now.IsDeprecated)
            return null;
        var unreadable = ParameterSunsetUnreadable.Specs[0];
        return Deprecation.Judge(old, now, pair.Of, new Deprecation.Specs(Deprecated, Deprecated, SunsetMissing, unreadable, SunsetTooSmall, Reactivated), pair.Told);
    }
}
