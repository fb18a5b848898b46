using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Responses;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Bodies;

/// <summary>There is another form to choose.</summary>
internal sealed class MediaTypeAdded : IRule<MediaTypePair>
{
    private static readonly RuleSpec Request = Oas.Known("request-body-media-type-added", Severity.Note, Side.Request, "A request may be sent in another form.");

    private static readonly RuleSpec Response = Oas.Known("response-media-type-added", Severity.Note, Side.Response, "A response may come in another form.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Request, Response];

    public static Verdict? Judge(MediaTypePair pair) => pair is { Old: null, New: { } added } ? (pair.Scope.IsRequest() ? Request : Response).Says($"{added.Name} was added").ClaimedBy(ResponseBodyChanged.Claimant(pair)) : null;
}
