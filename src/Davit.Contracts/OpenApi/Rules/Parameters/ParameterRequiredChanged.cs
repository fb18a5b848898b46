using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>Callers that leave it out are refused, or need not send it any more.</summary>
internal sealed class ParameterRequiredChanged : IRule<ParameterPair>
{
    private static readonly RuleSpec BecameRequired = Oas.Known("request-parameter-became-required", Severity.Breaking, Side.Request, "A parameter must be sent now.");

    private static readonly RuleSpec BecameOptional = Oas.Known("request-parameter-became-optional", Severity.Note, Side.Request, "A parameter may be left out now.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [BecameRequired, BecameOptional];

    public static Verdict? Judge(ParameterPair pair) => pair is not { Old: { } old, New: { } now } || old.IsRequired == now.IsRequired ? null
        : now.IsRequired ? BecameRequired.Says($"{pair.Told} must be sent now")
        : BecameOptional.Says($"{pair.Told} may be left out now");
}
