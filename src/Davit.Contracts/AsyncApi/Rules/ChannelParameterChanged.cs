using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Whoever fills in the address by the old parameter fails.</summary>
internal sealed class ChannelParameterChanged : IRule<ValuePair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.ChannelParameter.Specs;

    public static Verdict? Judge(ValuePair pair) => pair switch
    {
        { IsAdded: true } => Families.ChannelParameter.Added.Says($"{pair.Told} is new"),
        { IsRemoved: true } => Families.ChannelParameter.Removed.Says($"{pair.Told} is gone"),
        { Differs: true } => Families.ChannelParameter.Changed.Says($"{pair.Told} is {pair.New.Scalar} now, not {pair.Old.Scalar}"),
        _ => null,
    };
}
