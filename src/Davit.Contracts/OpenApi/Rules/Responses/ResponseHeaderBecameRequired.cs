using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Responses;

/// <summary>Readers can rely on the header.</summary>
internal sealed class ResponseHeaderBecameRequired : IRule<HeaderPair>
{
    private static readonly RuleSpec Spec = Oas.Own("response-header-became-required", Severity.Note, Side.Response, "A response always carries a header now.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(HeaderPair pair) => pair is { Old.IsRequired: false, New.IsRequired: true } ? Spec.Says($"the response always carries the header {pair.Name} now") : null;
}
