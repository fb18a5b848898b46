using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Headers that were not described may be anything.</summary>
internal sealed class MessageHeadersChanged : IRule<MessageSchemaPair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.MessageHeaders.Specs;

    public static Verdict? Judge(MessageSchemaPair pair) => pair switch
    {
        { IsAdded: true } => Families.MessageHeaders.Added.Says("headers are described now").Graded(pair is { Side: Side.Request, Demands: true } ? Severity.Breaking : Severity.Note),
        { IsRemoved: true } => Families.MessageHeaders.Removed.Says("headers are no longer described").Graded(pair.Side is Side.Request ? Severity.Note : pair.Demands ? Severity.Breaking : Severity.Warning),
        { Outcome: Outcome.Open } => Families.MessageHeaders.Changed.Says("headers are described otherwise, and whether anybody fails cannot be told").Graded(Severity.Warning),
        _ => null,
    };
}
