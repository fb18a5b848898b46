using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Responses;

/// <summary>Readers may rely on the header.</summary>
internal sealed class ResponseHeaderRemoved : IRule<HeaderPair>
{
    private static readonly RuleSpec Required = Oas.Known("required-response-header-removed", Severity.Breaking, Side.Response, "A header that every response carried is gone.");

    private static readonly RuleSpec Optional = Oas.Known("optional-response-header-removed", Severity.Warning, Side.Response, "A header that a response might carry is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Required, Optional];

    public static Verdict? Judge(HeaderPair pair) => pair is { New: null, Old: { } old } ? (old.IsRequired ? Required : Optional).Says($"the header {pair.Name} is gone").ClaimedBy(ResponseHeaderRetired.Spec(pair)) : null;
}
