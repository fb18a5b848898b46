namespace Davit.Contracts.OpenApi.Pairs;

/// <summary>How the types and the format of a schema changed.</summary>
internal sealed class TypeChange(SchemaPair pair)
{
    private readonly HashSet<string> _old = pair.Old.Types;
    private readonly HashSet<string> _new = pair.New.Types;

    public IEnumerable<string> Added => _new.Where(t => !_old.Contains(t));

    public IEnumerable<string> Removed => _old.Where(t => !_new.Contains(t));

    public bool TypesDiffer => !_old.SetEquals(_new);

    public bool FormatDiffers => pair.Old.Format != pair.New.Format;

    public bool Differs => TypesDiffer || FormatDiffers;

    /// <summary>Only null came or went.</summary>
    public bool IsOnlyNull => TypesDiffer && !FormatDiffers && Added.Concat(Removed).All(t => t is "null");

    public bool IsWidened => TypesDiffer && Within(_old, _new);

    public bool IsNarrowed => TypesDiffer && Within(_new, _old);

    /// <summary>Both sides name types, neither holds the other: safe only where a value is text on the wire anyway.</summary>
    public bool IsSwap => TypesDiffer && _old.Count > 0 && _new.Count > 0;

    /// <summary>The new side allows a part of what the old one does.</summary>
    public bool IsNarrower => RefusesOld(isTyped: true) && !ExceedsOld(isTyped: true);

    public string Told => $"from {Words(_old, pair.Old.Format)} to {Words(_new, pair.New.Format)}";

    /// <summary>Values that the old side allows may be refused by the new one.</summary>
    /// <param name="isTyped">The wire tells types apart, as JSON does and a query string does not.</param>
    public bool RefusesOld(bool isTyped) => Refuses(_old, _new, pair.Old.Format, pair.New.Format, isTyped);

    /// <summary>The new side may send values that the old one excludes.</summary>
    public bool ExceedsOld(bool isTyped) => Refuses(_new, _old, pair.New.Format, pair.Old.Format, isTyped);

    private static bool Refuses(HashSet<string> from, HashSet<string> to, string fromFormat, string toFormat, bool isTyped)
    {
        var differ = !from.SetEquals(to);
        if (differ && to.Count is 0)
            return false;
        var typesRefuse = differ && !Within(from, to) && !IsContained(from, to, isTyped);
        return typesRefuse || (fromFormat != toFormat && !IsFormatWithin(to, fromFormat, toFormat));
    }

    private static bool IsContained(HashSet<string> from, HashSet<string> to, bool isTyped)
    {
        var (added, removed) = (to.Where(t => !from.Contains(t)).ToArray(), from.Where(t => !to.Contains(t)).ToArray());
        return added is [var only] && removed is [var was] && IsWithin(was, only)
            || (!isTyped && added is [] or ["string"]);
    }

    private static bool Within(HashSet<string> inner, HashSet<string> outer) => inner.Count > 0 && inner.All(t => outer.Any(o => IsWithin(t, o)));

    private static bool IsWithin(string inner, string outer) => inner == outer || (inner is "integer" && outer is "number");

    private static bool IsFormatWithin(HashSet<string> types, string from, string to) => to is "" || (types.Count is 1 && (types.First(), from, to) is
        ("number", "float", "double") or
        ("integer", "int32", "int64") or ("integer", "int32", "bigint") or ("integer", "int64", "bigint") or
        ("string", "date", "date-time") or ("string", "time", "date-time"));

    private static string Words(HashSet<string> types, string format)
    {
        var words = types.Count is 0 ? "any type" : string.Join(" or ", types.Order(StringComparer.Ordinal));
        return format is "" ? words : $"{words} ({format})";
    }
}
