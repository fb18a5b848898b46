using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Whoever waits for the reply waits in vain, or elsewhere.</summary>
internal sealed class OperationReplyChanged : IRule<ReplyPartPair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.OperationReply.Specs;

    public static Verdict? Judge(ReplyPartPair pair) => pair switch
    {
        { Part: ReplyPart.Whole, IsAdded: true } => Families.OperationReply.Added.Says("the operation is answered now"),
        { Part: ReplyPart.Whole, IsRemoved: true } => Families.OperationReply.Removed.Says("the operation is no longer answered"),
        { Part: ReplyPart.Address } => Families.OperationReply.Changed.Says($"the address of the reply is {pair.Told}"),
        { Part: ReplyPart.Channel } => Families.OperationReply.Changed.Says($"the reply goes to {pair.Told}"),
        _ => null,
    };
}
