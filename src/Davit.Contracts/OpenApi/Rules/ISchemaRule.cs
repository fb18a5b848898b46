using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules;

/// <summary>A rule about two schemas, which finds the same fact wherever they stand.</summary>
internal interface ISchemaRule
{
    static abstract Fact Fact { get; }

    /// <returns>What to tell the reader, or null when the pair is fine.</returns>
    static abstract string? Judge(SchemaPair pair);

    /// <returns>The places to look at, where they are not the keyword of the fact.</returns>
    static virtual Places? Where(SchemaPair pair) => null;

    /// <returns>The fact that tells of the same edit in better words.</returns>
    static virtual Fact? Claimant(SchemaPair pair) => null;
}

/// <summary>A rule about one member, value or entry of two schemas.</summary>
internal interface ISchemaRule<in TPart> where TPart : ISchemaPart
{
    static abstract Fact Fact { get; }

    /// <returns>What to tell the reader, or null when the pair is fine.</returns>
    static abstract string? Judge(TPart part);
}

/// <summary>One member, value or entry of a pair of schemas.</summary>
internal interface ISchemaPart
{
    SchemaPair Of { get; }
}

internal static class SchemaRules
{
    public static Rule<SchemaPair> Of<TRule>() where TRule : ISchemaRule => new(TRule.Fact.Specs, pair => Tell(TRule.Fact, pair, TRule.Judge(pair), TRule.Where)?.ClaimedBy(TRule.Claimant(pair)?.At(pair.Scope)));

    public static Rule<TPart> Of<TRule, TPart>() where TRule : ISchemaRule<TPart> where TPart : ISchemaPart =>
        new(TRule.Fact.Specs, part => Tell(TRule.Fact, part.Of, TRule.Judge(part), _ => null));

    private static Verdict? Tell(Fact fact, SchemaPair pair, string? text, Func<SchemaPair, Places?> where)
    {
        if (text is null || fact.At(pair.Scope) is not { } spec || pair.Transition.Explains(fact, pair.Scope))
            return null;
        return new Verdict(spec, text, where(pair) ?? (fact.Keyword is { } keyword ? Places.Of(pair.Old.Node, pair.New.Node, keyword) : null))
        {
            IsAboutValues = fact.IsAboutValues && !(fact.Keyword is "type" && pair.Types.FormatDiffers),
            MayBreak = fact.MayBreak(pair.Scope),
        };
    }
}
