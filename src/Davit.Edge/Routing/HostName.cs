using System.Globalization;

namespace Davit.Edge.Routing;

/// <summary>Host names as the table compares them: ASCII (IDNA), lower case, without port and trailing dot.</summary>
internal static class HostName
{
    private static readonly IdnMapping Idna = new() { UseStd3AsciiRules = true };

    /// <summary>The name in a Host header or a server name, without its port and trailing dot; case is left to the lookup.</summary>
    public static ReadOnlySpan<char> Bare(ReadOnlySpan<char> host)
    {
        if (host is ['[', ..])
            return host.IndexOf(']') is var end and > 0 ? host[..(end + 1)] : host;

        if (host.IndexOf(':') is var colon and >= 0)
            host = host[..colon];

        return host is [.., '.'] ? host[..^1] : host;
    }

    /// <summary>The form a route is stored under, or null when the text is no host name.</summary>
    public static string? Normalise(string host)
    {
        if (host is "")
            return "";

        var wildcard = host.StartsWith("*.", StringComparison.Ordinal);
        var name = wildcard ? host[2..] : host;
        if (name.Length > 253 || name.Contains(':', StringComparison.Ordinal) && !name.StartsWith('['))
            return null;

        try
        {
            var ascii = name.StartsWith('[') ? name.ToLowerInvariant() : Idna.GetAscii(name.TrimEnd('.')).TrimEnd('.').ToLowerInvariant();
            return wildcard ? "*." + ascii : ascii;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
