using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>How the limits of a header moved, whichever keywords say them.</summary>
internal static class HeaderLimits
{
    private static readonly string[] Most = ["maxLength", "maxItems", "maxProperties"];

    private static readonly string[] Least = ["minLength", "minItems", "minProperties"];

    public static bool Moved(SchemaPair pair, BoundChange direction) =>
        pair.Upper == direction || pair.Lower == direction
        || Array.Exists(Most, k => MostOf(pair, k) == direction)
        || Array.Exists(Least, k => LeastOf(pair, k) == direction)
        || (pair.Old.Pattern is "") != (pair.New.Pattern is "") && (pair.New.Pattern is "" ? BoundChange.Widened : BoundChange.Narrowed) == direction;

    private static BoundChange MostOf(SchemaPair pair, string keyword) => (pair.Old.Limit(keyword), pair.New.Limit(keyword)) switch
    {
        (null, null) => BoundChange.None,
        (null, _) => BoundChange.Narrowed,
        (_, null) => BoundChange.Widened,
        ({ } old, { } now) => now > old ? BoundChange.Widened : now < old ? BoundChange.Narrowed : BoundChange.None,
    };

    private static BoundChange LeastOf(SchemaPair pair, string keyword) =>
        pair.New.Least(keyword) > pair.Old.Least(keyword) ? BoundChange.Narrowed : pair.New.Least(keyword) < pair.Old.Least(keyword) ? BoundChange.Widened : BoundChange.None;
}
