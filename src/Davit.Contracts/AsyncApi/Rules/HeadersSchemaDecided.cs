using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>No rule about a keyword spoke, and a value shows that somebody fails.</summary>
internal sealed class HeadersSchemaDecided : IRule<MessageSchemaPair>
{
    private static readonly RuleSpec Narrowed = new("aas-headers-schema-narrowed", Severity.Breaking, Side.Request, "Headers that could be sent are refused, and no other rule says why.");

    private static readonly RuleSpec Widened = new("aas-headers-schema-widened", Severity.Breaking, Side.Response, "Headers that were excluded may be sent, and no other rule says why.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Narrowed, Widened];

    public static Verdict? Judge(MessageSchemaPair pair) => pair.Outcome is not Outcome.Breaking ? null
        : pair.Side is Side.Request ? Narrowed.Says("headers that could be sent are refused now") : Widened.Says("headers that were excluded may be sent now");
}
