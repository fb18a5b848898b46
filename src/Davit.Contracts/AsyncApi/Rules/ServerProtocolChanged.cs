using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Whoever speaks the old protocol is not understood.</summary>
internal sealed class ServerProtocolChanged : IRule<ValuePair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.ServerProtocol.Specs;

    public static Verdict? Judge(ValuePair pair) => pair switch
    {
        { IsAdded: true } => Families.ServerProtocol.Added.Says($"{pair.Told} is {pair.New.Scalar} now and was not told before"),
        { IsRemoved: true } => Families.ServerProtocol.Removed.Says($"{pair.Told} is no longer said to be {pair.Old.Scalar}"),
        { Differs: true } => Families.ServerProtocol.Changed.Says($"{pair.Told} is {pair.New.Scalar} now, not {pair.Old.Scalar}"),
        _ => null,
    };
}
