using Davit.Edge.Routing;
using Microsoft.AspNetCore.Connections.Features;

namespace Davit.Edge.Tls;

/// <summary>A request over a connection whose server name leads to other routes than its Host (RFC 9110 section 15.5.20).</summary>
internal static class Misdirected
{
    public static bool Is(HttpContext http, TableSnapshot table, string host) =>
        http.Request.IsHttps && http.Features.Get<ITlsHandshakeFeature>()?.HostName is { Length: > 0 } name
        && !HostName.Bare(host).Equals(name, StringComparison.OrdinalIgnoreCase)
        && table.Host(HostName.Bare(host)) != table.Host(name);
}
