namespace Davit.Contracts.OpenApi.Rules.Bodies;

/// <summary>Names of media types, RFC 6838, such as <c>application/problem+json; charset=utf-8</c>.</summary>
internal static class MediaTypeName
{
    /// <summary>Something called <paramref name="inner"/> may stand wherever <paramref name="outer"/> is expected.</summary>
    public static bool Holds(string outer, string inner)
    {
        if (Parse(outer) is not var (type, subtype, suffixes) || Parse(inner) is not var (innerType, innerSubtype, innerSuffixes) || type != innerType)
            return false;
        if (suffixes is [] && innerSuffixes is [.., var last] && last == subtype)
            return true;
        return subtype == innerSubtype && innerSuffixes.Length >= suffixes.Length && innerSuffixes.AsSpan(0, suffixes.Length).SequenceEqual(suffixes);
    }

    public static bool ParametersDiffer(string left, string right) =>
        !left.Split(';')[1..].Select(p => p.Trim()).Order(StringComparer.Ordinal).SequenceEqual(right.Split(';')[1..].Select(p => p.Trim()).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    public static bool AreRelated(string left, string right) => Holds(left, right) || Holds(right, left);

    private static (string Type, string Subtype, string[] Suffixes)? Parse(string name)
    {
        var bare = name.Split(';')[0].Trim().ToLowerInvariant();
        if (bare.Split('/') is not [{ Length: > 0 } type, { Length: > 0 } rest])
            return null;
        var parts = rest.Split('+');
        return Array.TrueForAll(parts, p => p.Trim() is not "") ? (type, parts[0], parts[1..]) : null;
    }
}
