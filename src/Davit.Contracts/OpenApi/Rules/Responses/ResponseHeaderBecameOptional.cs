using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Responses;

/// <summary>Readers that rely on the header may miss it.</summary>
internal sealed class ResponseHeaderBecameOptional : IRule<HeaderPair>
{
    private static readonly RuleSpec Spec = Oas.Known("response-header-became-optional", Severity.Breaking, Side.Response, "A response need not carry a header any more.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(HeaderPair pair) => pair is { Old.IsRequired: true, New.IsRequired: false } ? Spec.Says($"the response need not carry the header {pair.Name} any more") : null;
}
