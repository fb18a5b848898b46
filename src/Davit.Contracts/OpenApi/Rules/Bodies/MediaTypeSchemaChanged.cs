using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Bodies;

/// <summary>What was free has a shape now, or the reverse.</summary>
internal sealed class MediaTypeSchemaChanged : IRule<MediaTypePair>
{
    private static readonly RuleSpec RequestAdded = Oas.Known("request-body-media-type-schema-added", Severity.Breaking, Side.Request, "A request has a schema now.");

    private static readonly RuleSpec RequestRemoved = Oas.Known("request-body-media-type-schema-removed", Severity.Note, Side.Request, "A request has no schema any more.");

    private static readonly RuleSpec ResponseAdded = Oas.Known("response-body-media-type-schema-added", Severity.Note, Side.Response, "A response has a schema now.");

    private static readonly RuleSpec ResponseRemoved = Oas.Known("response-body-media-type-schema-removed", Severity.Breaking, Severity.Warning, Side.Response, "A response has no schema any more.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [RequestAdded, RequestRemoved, ResponseAdded, ResponseRemoved];

    public static Verdict? Judge(MediaTypePair pair)
    {
        if (pair is not { Old: { } old, New: { } now } || (old.Schema is null) == (now.Schema is null))
            return null;
        return now.Schema is null
            ? (pair.Scope.IsRequest() ? RequestRemoved : ResponseRemoved).Says($"{now.Name} has no schema any more").At(old.Node["schema"], default)
            : (pair.Scope.IsRequest() ? RequestAdded : ResponseAdded).Says($"{now.Name} has a schema now").At(default, now.Node["schema"]);
    }
}
