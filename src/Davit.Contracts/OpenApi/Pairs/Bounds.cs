using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Schemas;

namespace Davit.Contracts.OpenApi.Pairs;

internal enum BoundChange
{
    None,
    Narrowed,
    Widened,
}

/// <summary>A bound may be inclusive or exclusive, and one may take the place of the other.</summary>
internal static class Bounds
{
    public static (Numeral Value, bool IsExclusive)? Upper(Schema schema) => Nearest(schema.Limit("maximum"), schema.Limit("exclusiveMaximum"), isUpper: true);

    public static (Numeral Value, bool IsExclusive)? Lower(Schema schema) => Nearest(schema.Limit("minimum"), schema.Limit("exclusiveMinimum"), isUpper: false);

    public static BoundChange Compare((Numeral Value, bool IsExclusive)? old, (Numeral Value, bool IsExclusive)? @new, bool isUpper)
    {
        if (old is not { } before || @new is not { } after)
            return old is null == @new is null ? BoundChange.None : old is null ? BoundChange.Narrowed : BoundChange.Widened;
        var moved = after.Value.CompareTo(before.Value) * (isUpper ? 1 : -1);
        if (moved is 0)
            moved = before.IsExclusive.CompareTo(after.IsExclusive);
        return moved switch { < 0 => BoundChange.Narrowed, > 0 => BoundChange.Widened, _ => BoundChange.None };
    }

    private static (Numeral Value, bool IsExclusive)? Nearest(Numeral? inclusive, Numeral? exclusive, bool isUpper)
    {
        if (inclusive is not { } open || exclusive is not { } closed)
            return inclusive is { } only ? (only, false) : exclusive is { } other ? (other, true) : null;
        return (isUpper ? closed <= open : closed >= open) ? (closed, true) : (open, false);
    }
}
