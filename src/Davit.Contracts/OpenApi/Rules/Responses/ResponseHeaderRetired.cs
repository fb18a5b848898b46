using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Responses;

/// <summary>It was deprecated, and now it is gone.</summary>
internal sealed class ResponseHeaderRetired : IRule<HeaderPair>
{
    private static readonly RuleSpec Retired = Oas.Own("response-header-removed-with-deprecation", Severity.Note, Side.Response, "A header is gone that was deprecated.");

    private static readonly RuleSpec Early = Oas.Own("response-header-removed-before-sunset", Severity.Breaking, Side.Response, "A header is gone before its end date.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Retired, Early];

    public static Verdict? Judge(HeaderPair pair) => Spec(pair) is not { } spec ? null : spec == Early ? Early.Says($"the header {pair.Name} is gone before its end date") : Retired.Says($"the header {pair.Name}, which was deprecated, is gone");

    /// <summary>Null when the header is there, or was not deprecated.</summary>
    internal static RuleSpec? Spec(HeaderPair pair) =>
        pair is not { New: null, Old.Lifecycle: { IsDeprecated: true, IsSunsetUnreadable: false } life } ? null : life.Sunset > pair.Of.Of.Settings.Today ? Early : Retired;
}
