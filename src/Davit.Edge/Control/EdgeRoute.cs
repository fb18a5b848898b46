namespace Davit.Edge.Control;

public enum RouteKind
{
    Http,

    /// <summary>Bytes of one listening port, unlooked at.</summary>
    Tcp,

    /// <summary>TLS that the target ends itself; the edge reads only the server name.</summary>
    TlsPassthrough,
}

/// <summary>One hostname and path, or one port, and the service behind it.</summary>
/// <param name="Id">The route's id. Of two routes that match equally well the one with the smaller id wins: ids sort by age.</param>
/// <param name="Kind">What of a connection the edge looks at.</param>
/// <param name="Service">The <see cref="EdgeService.Name"/> in the same environment.</param>
public sealed record EdgeRoute(string Id, RouteKind Kind, string Service)
{
    /// <summary>An exact name, <c>*.example.org</c> (one label), or "" for the default route.</summary>
    public string Host { get; set; } = "";

    /// <summary>Matched on segment borders: <c>/api</c> takes <c>/api</c> and <c>/api/x</c>, never <c>/apix</c>.</summary>
    public string PathPrefix { get; set; } = "/";

    /// <summary>Whether the prefix is taken off the path that the target sees.</summary>
    public bool Strip { get; set; }

    /// <summary>The port a <see cref="RouteKind.Tcp"/> route listens on; 0 for the other kinds.</summary>
    public int ListenPort { get; set; }

    public RouteTls Tls { get; set; } = RouteTls.Off;

    public RouteTimeouts Timeouts { get; set; } = RouteTimeouts.Default;

    /// <summary>The largest request body in bytes; null for no limit.</summary>
    public long? MaxBody { get; set; }
}

public enum TlsMode
{
    /// <summary>Plain HTTP only.</summary>
    Off,

    /// <summary>A certificate made by the edge's own authority.</summary>
    Local,

    /// <summary>The uploaded certificate <see cref="RouteTls.Certificate"/>.</summary>
    Certificate,
}

/// <param name="Mode">Where the certificate comes from.</param>
/// <param name="Certificate">The name of an uploaded certificate; "" unless the mode asks for one.</param>
/// <param name="RedirectToHttps">Plain requests are answered with 308 to the same URL over HTTPS.</param>
public sealed record RouteTls(TlsMode Mode, string Certificate = "", bool RedirectToHttps = false)
{
    public static RouteTls Off { get; } = new(TlsMode.Off);
}

/// <param name="Connect">Until a connection to a target stands.</param>
/// <param name="ResponseHeader">From the sent request to the response's header.</param>
/// <param name="Idle">How long a stream may be silent.</param>
public sealed record RouteTimeouts(TimeSpan Connect, TimeSpan ResponseHeader, TimeSpan Idle)
{
    public static RouteTimeouts Default { get; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60), TimeSpan.FromHours(1));
}
