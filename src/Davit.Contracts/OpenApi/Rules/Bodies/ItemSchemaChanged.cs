using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Bodies;

/// <summary>Each item of a sequence has a schema of its own.</summary>
internal sealed class ItemSchemaChanged : IRule<MediaTypePair>
{
    private static readonly RuleSpec RequestAdded = Oas.Own("request-item-schema-added", Severity.Breaking, Side.Request, "Items of a request that were free have a schema.");

    private static readonly RuleSpec RequestRemoved = Oas.Own("request-item-schema-removed", Severity.Note, Side.Request, "Items of a request are free now.");

    private static readonly RuleSpec ResponseAdded = Oas.Own("response-item-schema-added", Severity.Note, Side.Response, "Items of an answer that were free have a schema.");

    private static readonly RuleSpec ResponseRemoved = Oas.Own("response-item-schema-removed", Severity.Breaking, Side.Response, "Items of an answer are free now.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [RequestAdded, RequestRemoved, ResponseAdded, ResponseRemoved];

    public static Verdict? Judge(MediaTypePair pair) => pair is not { Old.Node: var old, New.Node: var now } || old["itemSchema"].Exists == now["itemSchema"].Exists ? null
        : now["itemSchema"].Exists ? (pair.Scope.IsRequest() ? RequestAdded : ResponseAdded).Says("each item has a schema now").At(default, now["itemSchema"])
        : (pair.Scope.IsRequest() ? RequestRemoved : ResponseRemoved).Says("items have no schema any more").At(old["itemSchema"], default);
}
