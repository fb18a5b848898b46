using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Davit.Edge.Forwarding;

/// <summary>Requests that two readers could understand differently. The server refuses most by itself; these are the rest.</summary>
internal static class RequestFaults
{
    private static readonly SearchValues<char> NameChars = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz:");
    private static readonly SearchValues<char> NotInHosts = SearchValues.Create("/\\ ,@?#");

    /// <summary>Control characters, and the fragment, which is never sent (RFC 9112 section 3.2).</summary>
    private static readonly SearchValues<char> NotInTargets = SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(c => (char)c), '#', '\x7f']);

    /// <returns>What to say, or null when the request is fine.</returns>
    public static string? Find(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.TransferEncoding is { Count: > 0 } codings)
        {
            if (codings is not [{ } coding] || !coding.Equals("chunked", StringComparison.OrdinalIgnoreCase))
                return "Only the transfer coding 'chunked' is understood.";

            // The server moves a length that came together with a transfer coding there (RFC 9112 section 6.1).
            if (headers.ContainsKey("X-Content-Length") || headers.ContentLength is not null)
                return "A request has a length or a transfer coding, not both.";

            // RFC 9112 section 6.1: whoever sent this, something on the way changed the message without knowing its framing.
            if (request.Protocol is "HTTP/1.0")
                return "HTTP/1.0 has no transfer codings.";
        }

        if (!NamesOneHost(request))
            return "A request names exactly one host.";

        if (request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan().ContainsAny(NotInTargets))
            return "The request's target has characters that targets cannot have.";

        foreach (var (name, _) in headers)
        {
            if (name.AsSpan().ContainsAnyExcept(NameChars))
                return "A field's name has characters that names cannot have.";
        }

        return !HttpMethods.IsConnect(request.Method) ? null
            : request.HttpContext.Features.Get<IHttpExtendedConnectFeature>() is not { IsExtendedConnect: true } connect ? "This is no forward proxy."
            : connect.Protocol is "websocket" ? null
            : "Only the protocol 'websocket' is carried over HTTP/2.";
    }

    /// <summary>HTTP/1.0 may name none; such a request belongs to the default route.</summary>
    private static bool NamesOneHost(HttpRequest request) =>
        request.Headers.Host is [{ Length: > 0 } host] ? !host.AsSpan().ContainsAny(NotInHosts) : request.Headers.Host.Count is 0 && request.Protocol is "HTTP/1.0";
}
