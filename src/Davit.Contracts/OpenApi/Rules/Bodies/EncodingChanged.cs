using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Bodies;

/// <summary>The same part is written differently.</summary>
internal sealed class EncodingChanged : IRule<EncodingPair>
{
    private static readonly RuleSpec RequestContentType = Oas.Own("request-encoding-content-type-changed", Severity.Breaking, Side.Request, "A part of a form of a request is of another media type.");

    private static readonly RuleSpec RequestStyle = Oas.Own("request-encoding-style-changed", Severity.Breaking, Side.Request, "A part of a form of a request is written in another style.");

    private static readonly RuleSpec RequestExplode = Oas.Own("request-encoding-explode-changed", Severity.Breaking, Side.Request, "A part of a form of a request has its elements written apart, or together.");

    private static readonly RuleSpec RequestAllowReserved = Oas.Own("request-encoding-allow-reserved-changed", Severity.Breaking, Side.Request, "A part of a form of a request has its reserved characters escaped, or not.");

    private static readonly RuleSpec ResponseContentType = Oas.Own("response-encoding-content-type-changed", Severity.Breaking, Side.Response, "A part of a form of an answer is of another media type.");

    private static readonly RuleSpec ResponseStyle = Oas.Own("response-encoding-style-changed", Severity.Breaking, Side.Response, "A part of a form of an answer is written in another style.");

    private static readonly RuleSpec ResponseExplode = Oas.Own("response-encoding-explode-changed", Severity.Breaking, Side.Response, "A part of a form of an answer has its elements written apart, or together.");

    private static readonly RuleSpec ResponseAllowReserved = Oas.Own("response-encoding-allow-reserved-changed", Severity.Breaking, Side.Response, "A part of a form of an answer has its reserved characters escaped, or not.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [RequestContentType, RequestStyle, RequestExplode, RequestAllowReserved, ResponseContentType, ResponseStyle, ResponseExplode, ResponseAllowReserved];

    public static Verdict? Judge(EncodingPair pair) => pair.OldValue == pair.NewValue ? null
        : Spec(pair.Respect, pair.Of.Scope.IsRequest()).Says($"the part '{pair.Property}' has {Word(pair.Respect)} {pair.NewValue} now, not {pair.OldValue}");

    private static RuleSpec Spec(string respect, bool isRequest) => respect switch
    {
        "contentType" => isRequest ? RequestContentType : ResponseContentType,
        "style" => isRequest ? RequestStyle : ResponseStyle,
        "explode" => isRequest ? RequestExplode : ResponseExplode,
        _ => isRequest ? RequestAllowReserved : ResponseAllowReserved,
    };

    private static string Word(string respect) => respect switch { "contentType" => "the media type", "style" => "the style", _ => respect };
}
