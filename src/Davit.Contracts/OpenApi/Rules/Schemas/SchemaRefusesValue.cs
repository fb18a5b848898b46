using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>No rule about a keyword speaks, and yet a value proves that somebody can fail.</summary>
internal sealed class SchemaRefusesValue : IRule<ProvenPair>
{
    private static readonly RuleSpec Narrowed = Oas.Own("request-schema-narrowed", Severity.Breaking, Side.Request, "A value that could be sent is refused.");

    private static readonly RuleSpec Widened = Oas.Own("response-schema-widened", Severity.Breaking, Side.Response, "A value may be sent that was excluded.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Narrowed, Widened];

    public static Verdict? Judge(ProvenPair pair) => pair.Of.Scope.IsRequest()
        ? Narrowed.Says("a value that was accepted is refused now")
        : Widened.Says("a value may be sent now that was excluded");
}
