using System.Buffers;

namespace Davit.Edge.Forwarding;

/// <summary>Requests that two readers could understand differently. The server refuses most by itself; these are the rest.</summary>
internal static class RequestFaults
{
    private static readonly SearchValues<char> NameChars = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz:");
    private static readonly SearchValues<char> NotInHosts = SearchValues.Create("/\\ ,@?#");

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
        }

        if (headers.Host is not [{ Length: > 0 } host] || host.AsSpan().ContainsAny(NotInHosts))
            return "A request names exactly one host.";

        foreach (var (name, _) in headers)
        {
            if (name.AsSpan().ContainsAnyExcept(NameChars))
                return "A field's name has characters that names cannot have.";
        }

        return HttpMethods.IsConnect(request.Method) && request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpExtendedConnectFeature>()?.IsExtendedConnect is not true
            ? "This is no forward proxy."
            : null;
    }
}
