using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Bodies;

/// <summary>Each part of a multipart form may have headers.</summary>
internal sealed class EncodingHeaderChanged : IRule<EncodingHeaderPair>
{
    private static readonly RuleSpec RequestRequired = Oas.Own("request-encoding-header-added-required", Severity.Breaking, Side.Request, "A part of a request must have a header now.");

    private static readonly RuleSpec RequestRemoved = Oas.Own("request-encoding-header-removed", Severity.Note, Side.Request, "A header of a part of a request is not read any more.");

    private static readonly RuleSpec ResponseRequired = Oas.Own("response-encoding-header-added-required", Severity.Note, Side.Response, "A part of an answer always has a header now.");

    private static readonly RuleSpec ResponseRemoved = Oas.Own("response-encoding-header-removed", Severity.Breaking, Side.Response, "A header of a part of an answer is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [RequestRequired, RequestRemoved, ResponseRequired, ResponseRemoved];

    public static Verdict? Judge(EncodingHeaderPair pair) => pair.Old.Exists && !pair.New.Exists ? (pair.Of.Scope.IsRequest() ? RequestRemoved : ResponseRemoved).Says($"the header {pair.Header} of the part '{pair.Property}' is gone")
        : !pair.Old.Exists && pair.New["required"].Boolean is true ? (pair.Of.Scope.IsRequest() ? RequestRequired : ResponseRequired).Says($"the part '{pair.Property}' must have the header {pair.Header} now")
        : null;
}
