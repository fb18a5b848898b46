namespace Davit.Edge.Tests;

/// <summary>Requests in every form that clients, proxies and attackers send them.</summary>
internal static class RequestMatrix
{
    private const string Host = "Host: a.example\r\n";
    private const string Second = "0\r\n\r\nGET /second HTTP/1.1\r\nHost: a.example\r\n\r\n";

    public static IReadOnlyDictionary<string, string> All { get; } = Methods().Concat(Bodies()).Concat(Framings()).Concat(Chunks()).Concat(Lines()).Concat(Hosts()).Concat(Targets()).ToDictionary();

    /// <summary>Where the edge takes what a referee refuses; each is harmless, because the target gets the one meaning the edge understood.</summary>
    public static IReadOnlyDictionary<string, string> Looser { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // The server takes these for 4; the target gets "Content-Length: 4".
        ["length +4"] = "haproxy nginx",
        ["length 4\0"] = "haproxy nginx",

        // White space before a value is any run of spaces and tabs (RFC 9110 section 5.5).
        ["length \t4"] = "nginx",
        ["coding \tchunked"] = "nginx",

        // Methods are any token, in any case (RFC 9110 section 9.1), and none is forbidden here.
        ["method TRACE"] = "nginx",
        ["method get"] = "nginx",

        // Percent signs that escape nothing, and a path that climbs, are the target's to judge; neither matches another route.
        ["target /a%zzb"] = "nginx",
        ["target /a%"] = "nginx",
        ["target /../x"] = "nginx",
        ["target http://u:p@a.example/x"] = "nginx",
        ["target http://a.example?x"] = "haproxy",
        ["OPTIONS *"] = "nginx",

        // Heads of up to 32 KiB are taken.
        ["30 KiB of fields"] = "haproxy",
    };

    private static KeyValuePair<string, string> Get(string what, string fields, string line = "GET / HTTP/1.1") => new(what, $"{line}\r\n{fields}\r\n");

    private static KeyValuePair<string, string> Post(string what, string fields, string body) => new(what, $"POST /first HTTP/1.1\r\n{Host}{fields}\r\n{body}");

    private static IEnumerable<KeyValuePair<string, string>> Methods()
    {
        foreach (var method in new[] { "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "TRACE", "FOO", "get", "M-SEARCH", "G@T" })
            yield return Get($"method {method}", Host, $"{method} /m HTTP/1.1");

        yield return Get("OPTIONS *", Host, "OPTIONS * HTTP/1.1");
        yield return Get("CONNECT", "Host: a.example:443\r\n", "CONNECT a.example:443 HTTP/1.1");
        yield return new("three at once", string.Concat(Enumerable.Range(0, 3).Select(i => $"GET /{i} HTTP/1.1\r\n{Host}\r\n")));
        yield return new("two, the first closes", $"GET /1 HTTP/1.1\r\n{Host}Connection: close\r\n\r\nGET /2 HTTP/1.1\r\n{Host}\r\n");
        yield return new("empty lines before", $"\r\n\r\nGET / HTTP/1.1\r\n{Host}\r\n");
        yield return Get("HTTP/1.0", Host, "GET / HTTP/1.0");
        yield return new("HTTP/1.0 kept", $"GET /1 HTTP/1.0\r\n{Host}Connection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n{Host}\r\n");
        yield return new("HTTP/1.0 chunked", $"POST / HTTP/1.0\r\n{Host}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        yield return new("HTTP/0.9", "GET /\r\n");
        yield return Get("h2c", Host + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n");
    }

    private static IEnumerable<KeyValuePair<string, string>> Bodies()
    {
        yield return Post("body by length", "Content-Length: 5\r\n", "hello");
        yield return Post("body in chunks", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n3;ext=1\r\nabc\r\n0\r\n\r\n");
        yield return Post("capital coding", "Transfer-Encoding: Chunked\r\n", "A\r\n0123456789\r\n0\r\n\r\n");
        yield return Post("trailers", "Trailer: X-Sum\r\nTransfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n");
        yield return Post("body, then another", "Content-Length: 5\r\n", $"helloGET /second HTTP/1.1\r\n{Host}\r\n");
        yield return Post("chunks, then another", "Transfer-Encoding: chunked\r\n", $"5\r\nhello\r\n{Second}");
        yield return Post("expects 100", "Expect: 100-continue\r\nContent-Length: 5\r\n", "hello");
        yield return new("GET with a body", $"GET / HTTP/1.1\r\n{Host}Content-Length: 5\r\n\r\nhello");
        yield return Post("Connection names the length", "Connection: Content-Length\r\nContent-Length: 5\r\n", "hello");
        yield return Post("Connection names the coding", "Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n");
        yield return Get("Connection names Host", Host + "Connection: Host\r\n");
    }

    private static IEnumerable<KeyValuePair<string, string>> Framings()
    {
        yield return Post("length, then coding", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", Second);
        yield return Post("coding, then length", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", Second);
        foreach (var coding in new[] { "\tchunked", "\vchunked", "xchunked", "identity", "chunked, identity", "identity, chunked", "gzip, chunked", "\"chunked\"", ",chunked", "", "chunked\r", "chunked\0", "\r\n chunked", "chunked;a=b" })
            yield return Post($"coding {coding}", $"Transfer-Encoding: {coding}\r\n", Second);

        yield return Post("coding twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", Second);
        yield return Post("coding, space before colon", "Transfer-Encoding : chunked\r\n", Second);
        yield return Post("coding by underscore", "Transfer_Encoding: chunked\r\n", Second);
        foreach (var length in new[] { "\t4", "4,4", "+4", "-4", "0x4", "4 4", "", "0004", "99999999999999999999", "4.0", "4a", "4\0" })
            yield return Post($"length {length}", $"Content-Length: {length}\r\n", "bodyGET /second HTTP/1.1\r\nHost: a.example\r\n\r\n");

        yield return Post("two equal lengths", "Content-Length: 4\r\nContent-Length: 4\r\n", "body");
        yield return Post("two lengths", "Content-Length: 4\r\nContent-Length: 5\r\n", "bodyx");
        yield return Post("length, space before colon", "Content-Length : 4\r\n", "body");
    }

    private static IEnumerable<KeyValuePair<string, string>> Chunks()
    {
        string[] bodies =
        [
            "5\nhello\r\n0\r\n\r\n", "5\r\nhello\n0\r\n\r\n", "5g\r\nhello\r\n0\r\n\r\n", "-5\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n", " 5\r\nhello\r\n0\r\n\r\n",
            "5 \r\nhello\r\n0\r\n\r\n", "10000000000000005\r\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "\r\nhello\r\n0\r\n\r\n", "5;a\nb\r\nhello\r\n0\r\n\r\n",
            "5;a=\"b;c\"\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n0\n\n", "5\r\nhello\r\n0\r\nA b\r\n\r\n", "5\r\nhello\r\n0\r\nContent-Length: 3\r\n\r\n", "5\r\nhello\r\n0\r\nHost: evil\r\n\r\n", "0005\r\nhello\r\n00\r\n\r\n",
        ];
        return bodies.Select(b => Post($"chunks {b}", "Transfer-Encoding: chunked\r\n", b));
    }

    private static IEnumerable<KeyValuePair<string, string>> Lines()
    {
        string[] fields =
        [
            "X-A: 1\nX-B: 2\r\n", "X-A: 1\rX-B: 2\r\n", "\n", "X-A: 1\r\n 2\r\n", "X-A\r\n", ": 1\r\n", "X A: 1\r\n", "X-A : 1\r\n", "X(A: 1\r\n", "X\xe9: 1\r\n",
            "X-A: \xe9\xff\r\n", "X-A: a\0b\r\n", "X-A: a\u0001b\r\n", "X-A:\r\n", "X_A: 1\r\n", $"X-A: {new string('a', 6000)}\r\n",
        ];
        foreach (var field in fields)
            yield return Get($"field {field}", Host + field);

        yield return Get("30 KiB of fields", Host + string.Concat(Enumerable.Range(0, 29).Select(i => $"X-{i}: {new string('v', 1000)}\r\n")));
        yield return Get("40 KiB of fields", Host + string.Concat(Enumerable.Range(0, 40).Select(i => $"X-{i}: {new string('v', 1000)}\r\n")));
        yield return Get("101 fields", Host + string.Concat(Enumerable.Range(0, 101).Select(i => $"X-{i}: 1\r\n")));
        yield return new("line feeds alone", "GET / HTTP/1.1\nHost: a.example\n\n");
        foreach (var line in new[] { "GET  / HTTP/1.1", "GET\t/\tHTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "GET / HTTP/1.2", "GET / HTTP/2.0", "GET / http/1.1", "GET / HTTP/1.10", "GET HTTP/1.1", "\x16\x03\x01" })
            yield return Get($"line {line}", Host, line);
    }

    private static IEnumerable<KeyValuePair<string, string>> Hosts()
    {
        yield return Get("no host", "");
        yield return Get("two hosts", "Host: a\r\nHost: b\r\n");
        yield return Get("one host twice", "Host: a\r\nHost: a\r\n");
        foreach (var host in new[] { "", "a/b", "a b", "u@a", "a:8080", "a:x", "[::1]:80", "[::1", "a,b", "a.example.", "A.EXAMPLE", "a\0", "a%2eb", "a_b", "a\"b", "<a>" })
            yield return Get($"host {host}", $"Host: {host}\r\n");
    }

    private static IEnumerable<KeyValuePair<string, string>> Targets()
    {
        string[] targets =
        [
            "/a/../b", "/a/./b", "/../x", "/a/%2e%2e/b", "//a", "/a//b", "/a%2Fb", "/a%5cb", "/a\\b", "/a%00b", "/a%zzb", "/a%", "/a b", "/a#f", "/a?b#c", "/a?b?c", "/a?%00", "/\xc3\xa9", "/a\u0001b", "/a\x7f",
            "/a\"b", "/a<b>", "/a|b", "/a;b=c", "/a:b", "*", "http://a.example/x", "http://other.example/x", "http://a.example", "http://a.example?x", "http://u:p@a.example/x", "ftp://a.example/x", "a.example/x", "?x", "x", "http:///x",
            "/" + new string('a', 4000), "/" + new string('a', 9000), "/" + new string('a', 70_000),
        ];
        return targets.Select(t => Get($"target {t}", Host, $"GET {t} HTTP/1.1"));
    }
}
