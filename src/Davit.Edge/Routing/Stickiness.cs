using System.Security.Cryptography;
using System.Text;
using Davit.Edge.Forwarding;
using Microsoft.Extensions.Primitives;

namespace Davit.Edge.Routing;

/// <summary>Keeps a client on one instance by a cookie. The value names the instance without telling its id, and means the same after a restart.</summary>
internal static class Stickiness
{
    /// <summary>The target the client was on, when it may still serve.</summary>
    public static Target? Find(HttpRequest request, BoundService service)
    {
        if (service.Spec.StickyCookie is not { Length: > 0 } name || request.Cookies[name] is not { Length: > 0 } value)
            return null;

        foreach (var (target, _) in service.Targets)
        {
            if (Value(target) == value)
                return target.MayServe && !target.Ejection.IsOut ? target : null;
        }

        return null;
    }

    /// <summary>Tells the client where it is now, unless it knows.</summary>
    public static void Set(Exchange exchange, BoundService service, Target target)
    {
        var http = exchange.Http;
        if (service.Spec.StickyCookie is { Length: > 0 } name && http.Request.Cookies[name] != Value(target))
            http.Response.Headers.SetCookie = StringValues.Concat(exchange.ClientCookie, $"{name}={Value(target)}; Path=/; HttpOnly; SameSite=Lax{(http.Request.IsHttps ? "; Secure" : "")}");
    }

    private static string Value(Target target) => target.StickyValue ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(target.Key.Instance)))[..16];
}
