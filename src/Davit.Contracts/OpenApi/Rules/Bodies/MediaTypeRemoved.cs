using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Responses;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Bodies;

/// <summary>Who uses the form is refused.</summary>
internal sealed class MediaTypeRemoved : IRule<MediaTypePair>
{
    private static readonly RuleSpec Request = Oas.Known("request-body-media-type-removed", Severity.Breaking, Side.Request, "A request cannot be sent in a form any more.");

    private static readonly RuleSpec Response = Oas.Known("response-media-type-removed", Severity.Breaking, Side.Response, "A response does not come in a form any more.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Request, Response];

    public static Verdict? Judge(MediaTypePair pair) => pair is { Old: { } removed, New: null } ? (pair.Scope.IsRequest() ? Request : Response).Says($"{removed.Name} is gone").ClaimedBy(ResponseBodyChanged.Claimant(pair)) : null;
}
