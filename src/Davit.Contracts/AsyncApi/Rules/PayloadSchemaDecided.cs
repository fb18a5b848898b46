using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>No rule about a keyword spoke, and a value shows that somebody fails.</summary>
internal sealed class PayloadSchemaDecided : IRule<MessageSchemaPair>
{
    private static readonly RuleSpec Narrowed = new("aas-payload-schema-narrowed", Severity.Breaking, Side.Request, "What could be sent is refused, and no other rule says why.");

    private static readonly RuleSpec Widened = new("aas-payload-schema-widened", Severity.Breaking, Side.Response, "What was excluded may be sent, and no other rule says why.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Narrowed, Widened];

    public static Verdict? Judge(MessageSchemaPair pair) => pair.Outcome is not Outcome.Breaking ? null
        : pair.Side is Side.Request ? Narrowed.Says("what could be sent is refused now") : Widened.Says("what was excluded may be sent now");
}
