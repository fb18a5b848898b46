using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Davit.Edge.Forwarding.Http1;

/// <summary>Writes a request's head for an HTTP/1.1 target into a connection's buffer.</summary>
internal ref struct RequestHead(Exchange exchange, UpstreamConnection connection)
{
    /// <summary>Fields the edge writes itself or that must not pass (<c>Proxy</c>: CVE-2016-5385).</summary>
    private static readonly FrozenSet<string> NotCopied = FrozenSet.ToFrozenSet(
        [
            "Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade", "TE", "HTTP2-Settings", "Trailer", "Host", "Content-Length", "Expect",
            "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Request-Id", "Proxy",
        ],
        StringComparer.OrdinalIgnoreCase);

    private readonly HttpRequest _request = exchange.Http.Request;
    private int _at;

    /// <summary>Whether the target is asked to say that it wants the body.</summary>
    public static bool Expects(Exchange exchange) =>
        exchange.HasBody && exchange.Http.Request.Headers.Expect is [{ } expect] && expect.Equals("100-continue", StringComparison.OrdinalIgnoreCase);

    /// <returns>How many bytes of the buffer the head takes.</returns>
    public static int Write(Exchange exchange, UpstreamConnection connection)
    {
        var head = new RequestHead(exchange, connection);
        head.WriteLine();
        head.WriteFields();
        head.WriteForwarding();
        head.WriteFraming();
        head.WriteUpgrade();
        head.Put("\r\n"u8);
        return head._at;
    }

    private void WriteLine()
    {
        Put(exchange.IsExtendedConnect ? "GET" : _request.Method);
        Put(" "u8);
        Put(exchange.UpstreamPath);
        Put(" HTTP/1.1\r\n"u8);
        Field("Host", exchange.HostFor(connection.Target));
    }

    private void WriteFields()
    {
        var named = _request.Headers.Connection;
        foreach (var (name, values) in _request.Headers)
        {
            if (name is [':', ..] || NotCopied.Contains(name) || (named.Count > 0 && IsNamed(named, name)))
                continue;

            foreach (var value in values)
                Field(name, value ?? "");
        }
    }

    /// <summary>A field that the Connection field names ends here as well (RFC 9110 section 7.6.1).</summary>
    private static bool IsNamed(StringValues connection, string name)
    {
        foreach (var line in connection)
        {
            if (line is null or "keep-alive" or "close" or "Upgrade")
                continue;

            foreach (var token in line.AsSpan().Split(','))
            {
                if (line.AsSpan(token).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }

    private void WriteForwarding()
    {
        var given = _request.Headers;
        var trusted = exchange.IsPeerTrusted;
        Put("X-Forwarded-For: "u8);
        if (trusted && given["X-Forwarded-For"] is { Count: > 0 } chain)
        {
            Put(chain.ToString());
            Put(", "u8);
        }

        Put(exchange.PeerText);
        Put("\r\n"u8);
        Field("X-Forwarded-Proto", Given(trusted, "X-Forwarded-Proto") ?? _request.Scheme);
        Field("X-Forwarded-Host", Given(trusted, "X-Forwarded-Host") ?? given.Host.ToString());
        Field("X-Forwarded-Port", Given(trusted, "X-Forwarded-Port") ?? exchange.Http.Connection.LocalPort.ToString(CultureInfo.InvariantCulture));
        Field("X-Request-Id", Given(trusted, "X-Request-Id") ?? exchange.RequestId);
        if (trusted && Given(trusted, "Forwarded") is { } forwarded)
            Field("Forwarded", forwarded);
    }

    private string? Given(bool trusted, string name) => trusted && _request.Headers[name] is [{ } value, ..] ? value : null;

    private void WriteFraming()
    {
        if (_request.ContentLength is { } length && !exchange.IsUpgrade)
            Field("Content-Length", length.ToString(CultureInfo.InvariantCulture));
        else if (exchange is { HasBody: true, IsUpgrade: false })
            Put("Transfer-Encoding: chunked\r\n"u8);
        else if (HttpMethods.IsPost(_request.Method) || HttpMethods.IsPut(_request.Method) || HttpMethods.IsPatch(_request.Method))
            Put("Content-Length: 0\r\n"u8);

        if (_request.Headers.Trailer is { Count: > 0 } trailer && exchange.HasBody)
            Field("Trailer", trailer.ToString());

        if (Expects(exchange))
            Put("Expect: 100-continue\r\n"u8);
    }

    private void WriteUpgrade()
    {
        if (exchange.IsExtendedConnect)
        {
            Put("Connection: Upgrade\r\nUpgrade: websocket\r\n"u8);
            Field("Sec-WebSocket-Key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));
        }
        else if (exchange.IsUpgrade)
        {
            Put("Connection: Upgrade\r\n"u8);
            Field("Upgrade", _request.Headers[HeaderNames.Upgrade].ToString());
        }
    }

    private void Field(string name, string value)
    {
        Put(name);
        Put(": "u8);
        Put(value);
        Put("\r\n"u8);
    }

    private void Put(string text)
    {
        connection.Grow(_at, text.Length);
        _at += Encoding.Latin1.GetBytes(text, connection.Buffer.AsSpan(_at));
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        connection.Grow(_at, bytes.Length);
        bytes.CopyTo(connection.Buffer.AsSpan(_at));
        _at += bytes.Length;
    }
}
