using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Responses;

/// <summary>Callers that wait for it wait in vain.</summary>
internal sealed class ResponseStatusRemoved : IRule<ResponsePair>
{
    private static readonly RuleSpec Success = Oas.Known("response-success-status-removed", Severity.Breaking, Side.Response, "An operation does not answer with a success status any more.");

    private static readonly RuleSpec NonSuccess = Oas.Known("response-non-success-status-removed", Severity.Note, Side.Response, "An operation does not answer with an error status any more.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Success, NonSuccess];

    public static Verdict? Judge(ResponsePair pair) => pair is { Old: { IsCode: true } removed, New: null } ? (removed.IsSuccess ? Success : NonSuccess).Says($"{removed.Status} is gone").ClaimedBy(ResponseRangeChanged.Claimant(pair)) : null;
}
