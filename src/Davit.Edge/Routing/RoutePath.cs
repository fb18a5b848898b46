using System.Text.RegularExpressions;

namespace Davit.Edge.Routing;

/// <summary>
/// Path prefixes on segment borders, and what is left of a raw request target when a prefix is taken off. Matching sees
/// the path decoded once; the target gets the bytes the client sent.
/// </summary>
internal static partial class RoutePath
{
    public static bool IsUnder(ReadOnlySpan<char> path, ReadOnlySpan<char> prefix) =>
        prefix is "/" || (path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] is '/'));

    /// <summary>The form prefixes are stored in: a leading slash, no trailing one, and no empty or dot segments; null when it has them.</summary>
    public static string? Normalise(string prefix)
    {
        var trimmed = prefix.TrimEnd('/');
        if (trimmed is "")
            return prefix is "" or "/" ? "/" : null;

        return trimmed[0] is '/' && trimmed[1..].Split('/').All(s => s is not ("" or "." or "..")) && !trimmed.AsSpan().ContainsAny("?#%\\ ") ? trimmed : null;
    }

    /// <summary>A path as requests are matched by: decoded once, but an escaped slash stays one.</summary>
    public static string Decoded(string path) => string.Join("%2F", Slash().Split(path).Select(Uri.UnescapeDataString));

    /// <summary>Path and query of a request target in origin or absolute form (RFC 9112 section 3.2).</summary>
    public static ReadOnlySpan<char> OfTarget(ReadOnlySpan<char> target)
    {
        if (target is ['/', ..] or "*")
            return target;

        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return "/";

        var rest = target[(scheme + 3)..];
        return rest.IndexOfAny('/', '?') switch
        {
            < 0 => "/",
            var at when rest[at] is '/' => rest[at..],
            var at => string.Concat("/", rest[at..]),
        };
    }

    /// <summary>
    /// Takes the prefix off a raw path and query. False when the raw path reaches the prefix only through dot segments,
    /// empty segments or escapes, so that taking off characters would leave a path nobody meant.
    /// </summary>
    public static bool TryStrip(ReadOnlySpan<char> pathAndQuery, ReadOnlySpan<char> prefix, out string stripped)
    {
        stripped = "";
        var query = pathAndQuery.IndexOf('?');
        var path = query < 0 ? pathAndQuery : pathAndQuery[..query];
        if (!IsUnder(path, prefix) || HasDotSegments(path))
            return false;

        var rest = prefix is "/" ? path : path[prefix.Length..];
        stripped = string.Concat(rest is ['/', ..] ? "" : "/", rest, query < 0 ? "" : pathAndQuery[query..]);
        return true;
    }

    private static bool HasDotSegments(ReadOnlySpan<char> path)
    {
        foreach (var range in path.Split('/'))
        {
            if (path[range] is "." or ".." || path[range].Contains("%2e", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    [GeneratedRegex("%2f", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Slash();
}
