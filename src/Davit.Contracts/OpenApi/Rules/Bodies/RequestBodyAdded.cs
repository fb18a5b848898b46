using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Bodies;

/// <summary>Callers send none today.</summary>
internal sealed class RequestBodyAdded : IRule<BodyPair>
{
    private static readonly RuleSpec Optional = Oas.Known("request-body-added-optional", Severity.Note, Side.Request, "A body may be sent now.");

    private static readonly RuleSpec Required = Oas.Known("request-body-added-required", Severity.Breaking, Side.Request, "A body must be sent now.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Optional, Required];

    public static Verdict? Judge(BodyPair pair) => pair is not { Old: null, New: { } added } ? null : added.IsRequired ? Required.Says("a body must be sent now") : Optional.Says("a body may be sent now");
}
