using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>What is said about the application is nothing on the wire.</summary>
internal sealed class InfoChanged : IRule<ValuePair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.Info.Specs;

    public static Verdict? Judge(ValuePair pair) => pair switch
    {
        { IsAdded: true } => Families.Info.Added.Says($"{pair.Told} is new"),
        { IsRemoved: true } => Families.Info.Removed.Says($"{pair.Told} is gone"),
        { Differs: true } => Families.Info.Changed.Says($"{pair.Told} changed"),
        _ => null,
    };
}
