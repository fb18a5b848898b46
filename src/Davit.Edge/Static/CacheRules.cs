using System.Text.RegularExpressions;

namespace Davit.Edge.Static;

/// <summary>How long answers may be kept when the site says nothing, and how paths match header rules.</summary>
internal static partial class CacheRules
{
    /// <summary>Names that carry a hash of their content never change; everything else is asked for again.</summary>
    public static string Default(string path) => HashedName().IsMatch(Path.GetFileName(path)) ? "public, max-age=31536000, immutable" : "no-cache";

    /// <summary><c>*</c> stands for any run of characters.</summary>
    public static bool IsMatch(string pattern, ReadOnlySpan<char> path)
    {
        var parts = pattern.Split('*');
        if (parts.Length is 1)
            return path.SequenceEqual(pattern);

        if (!path.StartsWith(parts[0], StringComparison.Ordinal))
            return false;

        path = path[parts[0].Length..];
        foreach (var part in parts.AsSpan(1, parts.Length - 2))
        {
            var at = path.IndexOf(part, StringComparison.Ordinal);
            if (at < 0)
                return false;

            path = path[(at + part.Length)..];
        }

        return path.EndsWith(parts[^1], StringComparison.Ordinal);
    }

    [GeneratedRegex(@"[.-](?=[A-Za-z]*[0-9])[A-Za-z0-9_]{8,64}\.[a-z0-9]{1,8}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex HashedName();
}
