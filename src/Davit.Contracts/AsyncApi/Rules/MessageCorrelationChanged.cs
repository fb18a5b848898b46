using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Whoever correlates messages looks in the old place.</summary>
internal sealed class MessageCorrelationChanged : IRule<ValuePair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.MessageCorrelation.Specs;

    public static Verdict? Judge(ValuePair pair) => pair switch
    {
        { IsAdded: true } => Families.MessageCorrelation.Added.Says($"messages are correlated by {pair.New.Scalar}"),
        { IsRemoved: true } => Families.MessageCorrelation.Removed.Says($"messages are no longer correlated by {pair.Old.Scalar}"),
        { Differs: true } => Families.MessageCorrelation.Changed.Says($"messages are correlated by {pair.New.Scalar} now, not by {pair.Old.Scalar}"),
        _ => null,
    };
}
