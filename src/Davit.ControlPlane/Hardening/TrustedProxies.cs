using System.Net;
using Davit.Console.Shell;

namespace Davit.ControlPlane.Hardening;

/// <summary>
/// Finds out where a request came from that came through proxies. The header that names it is believed only as far as proxies
/// that are trusted have written it: from the right, up to the first address that is not one of them. The console, which asks
/// over the server's own socket, names the browser it asks for.
/// </summary>
internal sealed class TrustedProxies(RequestDelegate next, Hosting.ServerOptions options, ConsoleLink console)
{
    private const string Header = "X-Forwarded-For";
    private const int MostHops = 16;

    private readonly NetworkList _trusted = NetworkList.Parse(options.TrustedProxies);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is null && console.IsWord(context.Request.Headers[ConsoleLink.Header]) && IPAddress.TryParse(context.Request.Headers[Header], out var browser))
            context.Connection.RemoteIpAddress = browser;
        else if (!_trusted.IsEmpty && context.Connection.RemoteIpAddress is { } peer)
            context.Connection.RemoteIpAddress = Origin(peer, context.Request.Headers[Header].ToString());
        await next(context);
    }

    private IPAddress Origin(IPAddress peer, string forwarded)
    {
        var at = peer;
        foreach (var hop in forwarded.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Reverse().Take(MostHops))
        {
            if (!_trusted.Contains(at) || !IPAddress.TryParse(hop, out var before))
                break;
            at = before;
        }

        return at;
    }
}
