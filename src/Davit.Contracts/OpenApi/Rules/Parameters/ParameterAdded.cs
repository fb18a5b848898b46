using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>Callers do not send it today.</summary>
internal sealed class ParameterAdded : IRule<ParameterPair>
{
    private static readonly RuleSpec Optional = Oas.Known("new-optional-request-parameter", Severity.Note, Side.Request, "A parameter that may be left out was added.");

    private static readonly RuleSpec Required = Oas.Known("new-required-request-parameter", Severity.Breaking, Side.Request, "A parameter that must be sent was added.");

    private static readonly RuleSpec InPath = Oas.Known("new-request-path-parameter", Severity.Breaking, Side.Request, "A path parameter was added.");

    private static readonly RuleSpec SharedOptional = Oas.Known("new-optional-request-default-parameter-to-existing-path", Severity.Note, Side.Request, "A parameter that may be left out was added to all operations of a path.");

    private static readonly RuleSpec SharedRequired = Oas.Known("new-required-request-default-parameter-to-existing-path", Severity.Breaking, Side.Request, "A parameter that must be sent was added to all operations of a path.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Optional, Required, InPath, SharedOptional, SharedRequired];

    public static Verdict? Judge(ParameterPair pair) => Told(pair)?.ClaimedBy(QuerystringParameterChanged.Spec(pair) ?? ParameterMoved.Claimant(pair));

    private static Verdict? Told(ParameterPair pair)
    {
        if (pair is not { Old: null, New: { } added })
            return null;
        if (added.In is "path")
            return InPath.Says($"{pair.Told} was added");
        return added.IsRequired
            ? (added.IsShared ? SharedRequired : Required).Says($"{pair.Told} must be sent now")
            : (added.IsShared ? SharedOptional : Optional).Says($"{pair.Told} may be sent now");
    }
}
