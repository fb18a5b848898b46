using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Responses;

/// <summary>Readers see a header that they did not know.</summary>
internal sealed class ResponseHeaderAdded : IRule<HeaderPair>
{
    private static readonly RuleSpec Spec = Oas.Known("response-header-added", Severity.Note, Side.Response, "A response carries another header.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(HeaderPair pair) => pair.Old is null ? Spec.Says($"the header {pair.Name} was added") : null;
}
