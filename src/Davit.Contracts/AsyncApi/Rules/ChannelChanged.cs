using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Messages that go to the old address reach nobody.</summary>
internal sealed class ChannelChanged : IRule<ChannelPartPair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.Channel.Specs;

    public static Verdict? Judge(ChannelPartPair pair) => pair switch
    {
        { Part: ChannelPart.Whole, IsAdded: true } => Families.Channel.Added.Says("the channel is new"),
        { Part: ChannelPart.Whole, IsRemoved: true } => Families.Channel.Removed.Says("the channel is gone"),
        { Part: ChannelPart.Address } => Families.Channel.Changed.Says($"the channel is at {pair.Told} now"),
        { Part: ChannelPart.Server, IsAdded: true } => Families.Channel.Added.Says($"the server {pair.Told} has the channel too"),
        { Part: ChannelPart.Server, IsRemoved: true } => Families.Channel.Removed.Says($"the server {pair.Told} no longer has the channel"),
        { Part: ChannelPart.Servers, IsAdded: true } => Families.Channel.Changed.Says($"only {pair.Told} have the channel, where all servers had it"),
        { Part: ChannelPart.Servers, IsRemoved: true } => Families.Channel.Changed.Says($"all servers have the channel, not only {pair.Told}").Graded(Severity.Note),
        _ => null,
    };
}
