using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Bodies;

/// <summary>Readers ask for the old name.</summary>
internal sealed class MediaTypeNameChanged : IRule<MediaTypePair>
{
    private static readonly RuleSpec Changed = Oas.Known("response-media-type-name-changed", Severity.Breaking, Severity.Note, Side.Response, "A media type has another name.");

    private static readonly RuleSpec Generalized = Oas.Known("response-media-type-name-generalized", Severity.Breaking, Side.Response, "A media type has a wider name.");

    private static readonly RuleSpec Specialized = Oas.Known("response-media-type-name-specialized", Severity.Note, Side.Response, "A media type has a narrower name.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Changed, Generalized, Specialized];

    public static Verdict? Judge(MediaTypePair pair)
    {
        if (pair is not { Old: { } old, New: { } now } || pair.Scope.IsRequest() || old.Name == now.Name)
            return null;
        var (holds, held) = (MediaTypeName.Holds(old.Name, now.Name), MediaTypeName.Holds(now.Name, old.Name));
        return (holds == held || MediaTypeName.ParametersDiffer(old.Name, now.Name) ? Changed : holds ? Specialized : Generalized).Says($"{old.Name} is called {now.Name} now");
    }
}
