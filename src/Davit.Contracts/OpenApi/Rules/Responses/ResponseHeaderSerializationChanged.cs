using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Responses;

/// <summary>The same value is written differently.</summary>
internal sealed class ResponseHeaderSerializationChanged : IRule<HeaderPair>
{
    private static readonly RuleSpec Style = Oas.Own("response-header-style-changed", Severity.Breaking, Side.Response, "A header is written in another style.");

    private static readonly RuleSpec Explode = Oas.Own("response-header-explode-changed", Severity.Breaking, Side.Response, "The elements of a header are written apart, or together.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Style, Explode];

    public static Verdict? Judge(HeaderPair pair) => pair is not { Old: { } old, New: { } now } ? null
        : old.Style != now.Style ? Style.Says($"the header {pair.Name} is written in the style '{now.Style}' now, not '{old.Style}'").At(old.Node["style"], now.Node["style"])
        : old.Explode != now.Explode ? Explode.Says($"the elements of the header {pair.Name} are written {(now.Explode ? "apart" : "together")} now").At(old.Node["explode"], now.Node["explode"])
        : null;
}
