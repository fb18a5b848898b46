using System.Collections.Immutable;
using Davit.Contracts.Documents;
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
/// <param name="At">The places that the verdict is about, where it is not the pair as a whole.</param>
internal sealed record Verdict(RuleSpec Rule, string Text, Places? At = null)
{
    /// <summary>The level where what surrounds the pair makes it another than that of the spec, for us and for the checker of the alias alike.</summary>
    public Severity? Level { get; init; }

    /// <summary>The rule that tells of the same edit in better words.</summary>
    public RuleSpec? ClaimedBy { get; init; }

    /// <summary>It is about which values are allowed, so that a value can prove it.</summary>
    public bool IsAboutValues { get; init; }

    /// <summary>It breaks when a value proves it, though the level of its rule is lower.</summary>
    public bool MayBreak { get; init; }

    /// <summary>Where exactly it is about, in formats whose places are steps; the first of them that is there counts.</summary>
    public ImmutableArray<SourceSpot> Spots { get; init; } = [];
}

/// <summary>A place on each side; a side may have none.</summary>
internal sealed record Places(Node Old, Node New)
{
    /// <summary>A member of both sides, where at least one has it.</summary>
    public static Places? Of(Node old, Node @new, string member) =>
        new Places(old[member], @new[member]) is { HasAny: true } places ? places : null;

    public bool HasAny => Old.Exists || New.Exists;
}

/// <summary>A place below an element, by the steps that lead to it.</summary>
/// <param name="IsFromFile">The steps begin at the file, not at the element; without steps it is the file as a whole.</param>
/// <param name="Word">What is written in front of the value and belongs to it, where the compiler notes the value alone.</param>
internal sealed record SourceSpot(ImmutableArray<int> Steps, bool IsFromFile = false, string Word = "");

internal static class Verdicts
{
    public static Verdict Says(this RuleSpec rule, string text) => new(rule, text);

    public static Verdict At(this Verdict verdict, Node old, Node @new) => verdict with { At = new Places(old, @new) is { HasAny: true } places ? places : null };

    public static Verdict On(this Verdict verdict, params ImmutableArray<SourceSpot> spots) => verdict with { Spots = spots };

    public static Verdict Graded(this Verdict verdict, Severity level) => verdict with { Level = level };

    /// <param name="claimant">Null when no rule tells it better.</param>
    public static Verdict ClaimedBy(this Verdict verdict, RuleSpec? claimant) => verdict with { ClaimedBy = claimant };
}

/// <summary>A rule as the catalogue lists it.</summary>
internal sealed record Rule<TPair>(ImmutableArray<RuleSpec> Specs, Func<TPair, Verdict?> Judge)
{
    public static Rule<TPair> Of<TRule>() where TRule : IRule<TPair> => new(TRule.Specs, TRule.Judge);
}
