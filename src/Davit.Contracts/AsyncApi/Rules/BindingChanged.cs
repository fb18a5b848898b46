using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Bindings;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>What a protocol routes by must stay; how it is tuned may concern some.</summary>
internal sealed class BindingChanged : IRule<BindingPair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.Binding.Specs;

    public static Verdict? Judge(BindingPair pair)
    {
        if (pair is { Differs: false, IsKept: true })
            return null;
        var level = Protocols.LevelOf(pair.Level, pair.Protocol, pair.Key);
        return pair switch
        {
            { IsAdded: true } => Families.Binding.Added.Says($"{pair.Told} is set now").Graded(level),
            { IsRemoved: true } => Families.Binding.Removed.Says($"{pair.Told} is no longer set").Graded(level),
            _ => Families.Binding.Changed.Says(pair.Old.Scalar is { } was && pair.New.Scalar is { } now ? $"{pair.Told} is {now} now, not {was}" : $"{pair.Told} changed").Graded(level),
        };
    }
}
