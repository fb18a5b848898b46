using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Bodies;

/// <summary>Callers that use another form of the old name are refused.</summary>
internal sealed class RequestMediaTypeNameChanged : IRule<MediaTypePair>
{
    private static readonly RuleSpec Specialized = Oas.Own("request-body-media-type-name-specialized", Severity.Breaking, Side.Request, "A media type of a request has a narrower name.");

    private static readonly RuleSpec Generalized = Oas.Own("request-body-media-type-name-generalized", Severity.Note, Side.Request, "A media type of a request has a wider name.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Specialized, Generalized];

    public static Verdict? Judge(MediaTypePair pair) => pair is not { Old: { } old, New: { } now } || !pair.Scope.IsRequest() || old.Name == now.Name || MediaTypeName.Holds(old.Name, now.Name) == MediaTypeName.Holds(now.Name, old.Name) ? null
        : (MediaTypeName.Holds(old.Name, now.Name) ? Specialized : Generalized).Says($"{old.Name} is called {now.Name} now");
}
