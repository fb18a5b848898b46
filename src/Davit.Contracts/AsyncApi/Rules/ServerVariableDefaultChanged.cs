using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Whoever gives no value reaches another address.</summary>
internal sealed class ServerVariableDefaultChanged : IRule<ValuePair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.ServerVariableDefault.Specs;

    public static Verdict? Judge(ValuePair pair) => pair switch
    {
        { IsAdded: true } => Families.ServerVariableDefault.Added.Says($"{pair.Told} is {pair.New.Scalar} where no value is given"),
        { IsRemoved: true } => Families.ServerVariableDefault.Removed.Says($"{pair.Told} must be given a value; it was {pair.Old.Scalar} by itself"),
        { Differs: true } => Families.ServerVariableDefault.Changed.Says($"{pair.Told} is {pair.New.Scalar} where no value is given, not {pair.Old.Scalar}"),
        _ => null,
    };
}
