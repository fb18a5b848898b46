using System.Collections.Frozen;
using System.Text;

namespace Davit.Edge.Forwarding.Http1;

/// <summary>Names of fields that pass often, so that they need not be made anew, and those that end at each hop.</summary>
internal static class FieldNames
{
    private static readonly string[][] ByLength = Group(
        "Accept-Ranges", "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods",
        "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Access-Control-Max-Age", "Age", "Allow", "Alt-Svc", "Cache-Control",
        "Connection", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location", "Content-Range",
        "Content-Security-Policy", "Content-Type", "Date", "ETag", "Expires", "Grpc-Message", "Grpc-Status", "Keep-Alive", "Last-Modified", "Link", "Location", "Pragma",
        "Proxy-Connection", "Referrer-Policy", "Retry-After", "Server", "Set-Cookie", "Strict-Transport-Security", "Trailer", "Transfer-Encoding",
        "Upgrade", "Vary", "Via", "WWW-Authenticate", "X-Content-Type-Options", "X-Frame-Options", "X-Powered-By", "X-Request-Id");

    private static readonly string[][] Values = Group(
        "application/json", "application/json; charset=utf-8", "text/html", "text/html; charset=utf-8", "text/plain", "text/plain; charset=utf-8",
        "text/event-stream", "close", "keep-alive", "no-cache", "no-store", "bytes", "nosniff", "Accept-Encoding", "nginx", "Kestrel", "gzip", "br");

    private static readonly FrozenSet<string> HopByHop = FrozenSet.ToFrozenSet(
        ["Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade", "TE", "HTTP2-Settings"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Fields whose meaning ends at this hop (RFC 9110 section 7.6.1).</summary>
    public static bool IsHopByHop(string name) => name.Length is 2 or 7 or 10 or 14 or 16 or 17 && HopByHop.Contains(name);

    public static string Intern(ReadOnlySpan<byte> name)
    {
        if (name.Length < ByLength.Length)
        {
            foreach (var known in ByLength[name.Length])
            {
                if (Ascii.EqualsIgnoreCase(name, known))
                    return known;
            }
        }

        return Encoding.ASCII.GetString(name);
    }

    /// <summary>The value as text, byte for character, so that it leaves as it came.</summary>
    public static string Value(ReadOnlySpan<byte> value)
    {
        if (value.Length < Values.Length)
        {
            foreach (var known in Values[value.Length])
            {
                if (Ascii.Equals(value, known))
                    return known;
            }
        }

        return Encoding.Latin1.GetString(value);
    }

    private static string[][] Group(params string[] names) =>
        [.. Enumerable.Range(0, names.Max(n => n.Length) + 1).Select(length => names.Where(n => n.Length == length).ToArray())];
}
