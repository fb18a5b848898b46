using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>The name of a message is for people, as long as nothing refers to it.</summary>
internal sealed class MessageNameChanged : IRule<MessagePair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.MessageName.Specs;

    public static Verdict? Judge(MessagePair pair)
    {
        if (pair is not { Old: { } old, New: { } @new } || old.Name == @new.Name)
            return null;
        return old.Name is "" ? Families.MessageName.Added.Says($"the message is called {@new.Name}")
            : @new.Name is "" ? Families.MessageName.Removed.Says("the message has no name any more")
            : Families.MessageName.Changed.Says($"the message is called {@new.Name} now, not {old.Name}");
    }
}
