using Davit.ControlPlane.Access;
using Davit.Model;

namespace Davit.ControlPlane.Hardening;

/// <summary>
/// A browser sends the session's cookie along whoever asked for the request. What changes something, and every WebSocket, is
/// therefore taken only from this site itself: the browser says so in headers that no page can set.
/// </summary>
internal sealed class OriginCheck(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Cookies.ContainsKey(SessionTokens.Cookie) && (ChangesSomething(request) || OpensSocket(request)) && !IsFromHere(request, OpensSocket(request)))
            throw new ProblemException(SecurityProblems.OtherOrigin(request.Headers.Origin is [{ Length: > 0 and < 200 } origin] ? origin : "another site, or something that names none,"));
        return next(context);
    }

    private static bool ChangesSomething(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method));

    /// <summary>In HTTP/1.1 by an upgrade, in HTTP/2 by CONNECT, which changes something by itself.</summary>
    private static bool OpensSocket(HttpRequest request) => request.Headers.Upgrade.Any(u => u?.Contains("websocket", StringComparison.OrdinalIgnoreCase) is true);

    /// <summary>Without an origin the browser's own classification must say that it is the same one. A socket always has an origin.</summary>
    private static bool IsFromHere(HttpRequest request, bool opensSocket)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin"))
            return false;
        return request.Headers.Origin.Count is 0 ? site is "same-origin" && !opensSocket : request.Headers.Origin is [{ } origin] && IsOwn(origin, request);
    }

    /// <summary>Behind a proxy that ends TLS the site's scheme is https while this connection's is not.</summary>
    private static bool IsOwn(string origin, HttpRequest request) => Uri.TryCreate(origin, UriKind.Absolute, out var own)
        && own.Scheme is "https" or "http" && (own.Scheme == request.Scheme || own.Scheme is "https")
        && string.Equals(own.IsDefaultPort ? own.IdnHost : $"{own.IdnHost}:{own.Port}", Host(request, own), StringComparison.OrdinalIgnoreCase);

    private static string Host(HttpRequest request, Uri own) => request.Host switch
    {
        { Port: { } port } host when own.IsDefaultPort && port == own.Port => host.Host,
        var host => host.Value ?? "",
    };
}
