using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Responses;

/// <summary>A range such as <c>2XX</c> stands for every status in it that is not named.</summary>
internal sealed class ResponseRangeChanged : IRule<ResponsePair>
{
    private static readonly RuleSpec Narrowed = Oas.Own("response-range-narrowed", Severity.Note, Side.Response, "A range of statuses is not answered with any more.");

    internal static RuleSpec Widened { get; } = Oas.Own("response-range-widened", Severity.Warning, Side.Response, "A whole range of statuses may be answered with.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Narrowed, Widened];

    public static Verdict? Judge(ResponsePair pair) => pair is { Old: null, New.IsRange: true } ? Widened.Says($"any status of {pair.New.Status} may come now")
        : pair is { New: null, Old.IsRange: true } ? Narrowed.Says($"{pair.Old.Status} is gone; only statuses that are named come")
        : null;

    /// <summary>A status that is not named any more still comes, as one of a range.</summary>
    internal static RuleSpec? Claimant(ResponsePair pair) =>
        pair is { New: null, Old: { IsCode: true } old } && pair.Of.New!.Responses.Any(r => r.IsRange && r.Status[0] == old.Status[0]) && !pair.Of.Old!.Responses.Any(r => r.IsRange && r.Status[0] == old.Status[0]) ? Widened : null;
}
