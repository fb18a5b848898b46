using Davit.Client;
using Microsoft.AspNetCore.Http;

namespace Davit.Console.Shell;

/// <summary>Makes clients that speak for the person whose browser asks. Connections are shared; nothing of one person stays for the next.</summary>
internal sealed class ApiCaller(ConsoleLink link) : IDisposable
{
    private readonly HttpMessageHandler _connections = DavitClient.Connections(link.Api);

    public DavitClient For(HttpContext context)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new(ConsoleLink.Header, link.Word),
            new("X-Forwarded-For", (context.Connection.RemoteIpAddress ?? System.Net.IPAddress.Loopback).ToString()),
        ];
        if (SessionOf(context) is { } session)
        {
            headers.Add(new("Cookie", $"{link.Cookie}={session}"));

            // The form was checked where it came in; what goes on from here is this site asking itself.
            headers.Add(new("Sec-Fetch-Site", "same-origin"));
        }

        return new DavitClient(link.Api, _connections, headers, context.TraceIdentifier, Guid.CreateVersion7().ToString("N"));
    }

    public bool HasSession(HttpContext context) => SessionOf(context) is not null;

    /// <summary>Escapes in a cookie are undone when it is read; whatever no session looks like must not get into a header.</summary>
    private string? SessionOf(HttpContext context) => context.Request.Cookies[link.Cookie] is { Length: > 0 and <= 200 } text && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? text : null;

    public void Dispose() => _connections.Dispose();
}
