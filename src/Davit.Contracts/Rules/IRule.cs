using System.Collections.Immutable;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Rules;

/// <summary>
/// One rule about one pair of old and new elements. The engine walks both contracts and pairs them; a rule only judges, so it
/// has no loop over the contract, no state and no clock.
/// </summary>
internal interface IRule<in TPair>
{
    /// <summary>Most rules have one; a rule that words one fact differently by what surrounds it has several.</summary>
    static abstract ImmutableArray<RuleSpec> Specs { get; }

    /// <returns>Nothing when the pair is fine.</returns>
    static abstract Verdict? Judge(TPair pair);
}

/// <param name="Rule">One of the specs of the rule that judged.</param>
internal sealed record Verdict(RuleSpec Rule, string Text)
{
    /// <summary>The member that the verdict is about, where it is not the pair as a whole.</summary>
    public string? Member { get; init; }
}

internal static class Verdicts
{
    public static Verdict Says(this RuleSpec rule, string text) => new(rule, text);
}

/// <summary>A rule as the catalogue lists it.</summary>
internal sealed record Rule<TPair>(ImmutableArray<RuleSpec> Specs, Func<TPair, Verdict?> Judge)
{
    public static Rule<TPair> Of<TRule>() where TRule : IRule<TPair> => new(TRule.Specs, TRule.Judge);
}
