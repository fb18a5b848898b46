using System.Buffers;
using System.Globalization;

namespace Davit.Contracts;

/// <summary>The numbers of a version by Semantic Versioning 2.0.0, which may have a "v" in front.</summary>
internal readonly record struct SemanticVersion(int Major, int Minor, int Patch)
{
    private static readonly SearchValues<char> OfIdentifiers = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");
    private static readonly SearchValues<char> OfRests = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-.");

    /// <summary>Nothing for what follows another scheme.</summary>
    public static SemanticVersion? Strict(string? text) => Read(text, static (rest, isBuild) => Identifiers(rest, isBuild));

    /// <summary>What follows the numbers has the letters of an identifier and need not be one.</summary>
    public static SemanticVersion? Lenient(string? text) => Read(text, static (rest, _) => !rest.IsEmpty && !rest.ContainsAnyExcept(OfRests));

    /// <summary>What follows the numbers does not count.</summary>
    public bool IsAfter(SemanticVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch)) > 0;

    private delegate bool Rest(ReadOnlySpan<char> rest, bool isBuild);

    private static SemanticVersion? Read(string? text, Rest isRest)
    {
        // A block of text in YAML ends with a line.
        var left = text.AsSpan();
        left = left is [.. var line, '\n'] ? line : left;
        left = left is ['v', .. var unmarked] ? unmarked : left;
        if (Number(ref left) is not { } major || !Dot(ref left) || Number(ref left) is not { } minor || !Dot(ref left) || Number(ref left) is not { } patch)
            return null;
        var build = left.IndexOf('+');
        var before = build < 0 ? left : left[..build];
        return (before.IsEmpty || (before[0] is '-' && isRest(before[1..], isBuild: false))) && (build < 0 || isRest(left[(build + 1)..], isBuild: true))
            ? new SemanticVersion(major, minor, patch) : null;
    }

    private static int? Number(ref ReadOnlySpan<char> left)
    {
        var digits = left is ['0', ..] ? 1 : left.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : left.Length;
        var number = int.TryParse(left[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : (int?)null;
        left = left[digits..];
        return number;
    }

    private static bool Dot(ref ReadOnlySpan<char> left)
    {
        if (left is not ['.', .. var rest])
            return false;
        left = rest;
        return true;
    }

    /// <summary>Numbers among those in front of a plus have no zero in front.</summary>
    private static bool Identifiers(ReadOnlySpan<char> rest, bool isBuild)
    {
        foreach (var range in rest.Split('.'))
        {
            var one = rest[range];
            if (one.IsEmpty || one.ContainsAnyExcept(OfIdentifiers) || (!isBuild && one is ['0', _, ..] && !one.ContainsAnyExceptInRange('0', '9')))
                return false;
        }

        return true;
    }
}
