using System.Collections.Immutable;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Responses;

/// <summary>Callers may follow it to another operation.</summary>
internal sealed class ResponseLinkChanged : IRule<NamePair>
{
    private static readonly RuleSpec Added = Oas.Own("response-link-added", Severity.Note, Side.Response, "An answer has another link.");

    private static readonly RuleSpec Removed = Oas.Own("response-link-removed", Severity.Warning, Side.Response, "A link of an answer is gone.");

    private static readonly RuleSpec Changed = Oas.Own("response-link-changed", Severity.Warning, Side.Response, "A link of an answer leads elsewhere, or passes other values.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Removed, Changed];

    public static Verdict? Judge(NamePair pair) => pair is not { List: "links" } ? null
        : pair.IsAdded ? Added.Says($"the link '{pair.Name}' was added")
        : pair.IsRemoved ? Removed.Says($"the link '{pair.Name}' is gone")
        : Array.Exists(Parts, p => !NodeEquality.Same(pair.Old[p], pair.New[p])) ? Changed.Says($"the link '{pair.Name}' is another")
        : null;

    private static readonly string[] Parts = ["operationId", "operationRef", "parameters", "requestBody", "server"];
}
