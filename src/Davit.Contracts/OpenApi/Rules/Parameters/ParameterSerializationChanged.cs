using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>The same value is written differently.</summary>
internal sealed class ParameterSerializationChanged : IRule<ParameterPair>
{
    private static readonly RuleSpec Style = Oas.Own("request-parameter-style-changed", Severity.Breaking, Side.Request, "A parameter is written in another style.");

    private static readonly RuleSpec Explode = Oas.Own("request-parameter-explode-changed", Severity.Breaking, Side.Request, "The elements of a parameter are written apart, or together.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Style, Explode];

    public static Verdict? Judge(ParameterPair pair) => pair is not { Old: { } old, New: { } now } || old.Content.Count + now.Content.Count > 0 ? null
        : old.Style != now.Style ? Style.Says($"{pair.Told} is written in the style '{now.Style}' now, not '{old.Style}'")
        : old.Explode != now.Explode ? Explode.Says($"the elements of {pair.Told} are written {(now.Explode ? "apart" : "together")} now")
        : null;
}
