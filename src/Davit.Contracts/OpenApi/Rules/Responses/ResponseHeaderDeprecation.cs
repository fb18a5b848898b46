using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Lifecycles;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Responses;

/// <summary>Readers must stop to use it, and should know until when.</summary>
internal sealed class ResponseHeaderDeprecation : IRule<HeaderPair>
{
    private static readonly RuleSpec Deprecated = Oas.Own("response-header-deprecated", Severity.Note, Side.Response, "A header was marked as deprecated.");

    private static readonly RuleSpec WithSunset = Oas.Own("response-header-deprecated-with-sunset", Severity.Note, Side.Response, "A header was marked as deprecated, with an end date.");

    private static readonly RuleSpec SunsetMissing = Oas.Own("response-header-deprecated-sunset-missing", Severity.Breaking, Side.Response, "A header was marked as deprecated without an end date that is far enough and can be read.");

    private static readonly RuleSpec Reactivated = Oas.Own("response-header-reactivated", Severity.Note, Side.Response, "A header is no longer deprecated.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Deprecated, WithSunset, SunsetMissing, Reactivated];

    public static Verdict? Judge(HeaderPair pair) => pair is { Old.Lifecycle: { } old, New.Lifecycle: { } now } && old.IsDeprecated != now.IsDeprecated
        ? Deprecation.Judge(old, now, pair.Of, new Deprecation.Specs(Deprecated, WithSunset, SunsetMissing, SunsetMissing, SunsetMissing, Reactivated), $"the header {pair.Name}")
        : null;
}
