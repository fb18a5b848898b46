using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>The receiver of a message must know all that may come; the sender must not be refused.</summary>
internal sealed class MessageChanged : IRule<MessagePair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.Message.Specs;

    public static Verdict? Judge(MessagePair pair) => pair switch
    {
        { Old: null, Side: Side.Request } => Families.Message.Added.Says("the application understands the message too").Graded(Severity.Note),
        { Old: null } => Families.Message.Added.Says("a message is sent that nobody knows yet"),
        { New: null, Side: Side.Request } => Families.Message.Removed.Says("the application no longer understands the message"),
        { New: null } => Families.Message.Removed.Says("the message is no longer sent").Graded(Severity.Note),
        _ => null,
    };
}
