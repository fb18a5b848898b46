using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>A payload that was not described may be anything.</summary>
internal sealed class MessagePayloadChanged : IRule<MessageSchemaPair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.MessagePayload.Specs;

    public static Verdict? Judge(MessageSchemaPair pair) => pair switch
    {
        { IsAdded: true } => Families.MessagePayload.Added.Says("the payload is described now; it could be anything").Graded(pair.Side is Side.Request ? Severity.Breaking : Severity.Note),
        { IsRemoved: true } => Families.MessagePayload.Removed.Says("the payload may be anything now").Graded(pair.Side is Side.Request ? Severity.Note : Severity.Breaking),
        { Outcome: Outcome.Open } => Families.MessagePayload.Changed.Says("the payload is described otherwise, and whether anybody fails cannot be told").Graded(Severity.Warning),
        _ => null,
    };
}
