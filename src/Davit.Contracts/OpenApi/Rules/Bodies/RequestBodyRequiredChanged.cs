using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Bodies;

/// <summary>Callers that leave it out are refused, or need not send it any more.</summary>
internal sealed class RequestBodyRequiredChanged : IRule<BodyPair>
{
    private static readonly RuleSpec BecameRequired = Oas.Known("request-body-became-required", Severity.Breaking, Side.Request, "A body must be sent now.");

    private static readonly RuleSpec BecameOptional = Oas.Known("request-body-became-optional", Severity.Note, Side.Request, "A body may be left out now.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [BecameRequired, BecameOptional];

    public static Verdict? Judge(BodyPair pair) => pair is not { Old: { } old, New: { } now } || old.IsRequired == now.IsRequired ? null
        : now.IsRequired ? BecameRequired.Says("a body must be sent now")
        : BecameOptional.Says("the body may be left out now");
}
