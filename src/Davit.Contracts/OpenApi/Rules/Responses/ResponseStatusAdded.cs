using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Responses;

/// <summary>Callers may not know what to do with it.</summary>
internal sealed class ResponseStatusAdded : IRule<ResponsePair>
{
    private static readonly RuleSpec Success = Oas.Known("response-success-status-added", Severity.Note, Side.Response, "An operation answers with another success status.");

    private static readonly RuleSpec NonSuccess = Oas.Known("response-non-success-status-added", Severity.Note, Side.Response, "An operation answers with another error status.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Success, NonSuccess];

    public static Verdict? Judge(ResponsePair pair) => pair is { Old: null, New: { IsCode: true } added } ? (added.IsSuccess ? Success : NonSuccess).Says($"{added.Status} was added") : null;
}
