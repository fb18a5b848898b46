using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Texts, tags and examples are for people; only the checker that counts them is told.</summary>
internal sealed class TextChanged : IRule<ValuePair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.Text.Specs;

    public static Verdict? Judge(ValuePair pair) => pair switch
    {
        { IsAdded: true } => Families.Text.Added.Says($"{pair.Told} is new"),
        { IsRemoved: true } => Families.Text.Removed.Says($"{pair.Told} is gone"),
        { Differs: true } => Families.Text.Changed.Says($"{pair.Told} changed"),
        _ => null,
    };
}
