namespace Davit.Manifest;

/// <summary>Hostname and path, or a port, to a service's port.</summary>
public sealed record RouteSpec
{
    public required RouteKind Kind { get; init; }

    public required string Service { get; init; }

    /// <summary>The port inside the instance; <see langword="null"/> for static services.</summary>
    public int? Port { get; init; }

    /// <summary><see langword="null"/> is the app's default host.</summary>
    public string? Host { get; init; }

    public string Path { get; init; } = "/";

    /// <summary>The path prefix is taken off before the request is forwarded.</summary>
    public bool Strip { get; init; }

    /// <summary>The edge's port for <c>tcp</c> and <c>tls-passthrough</c>.</summary>
    public int? Listen { get; init; }

    /// <summary>The address the edge listens on for <c>tcp</c>; <see langword="null"/> is every address.</summary>
    public string? ListenAddress { get; init; }

    public TimeSpan? Timeout { get; init; }

    public TlsMode Tls { get; init; } = TlsMode.Auto;

    /// <summary>Made from a published Compose port, not written as a route.</summary>
    public bool IsDerived { get; init; }
}

public enum RouteKind
{
    Http,
    Tcp,
    TlsPassthrough,
}

public enum TlsMode
{
    /// <summary>A certificate where the host can have one, and redirects from plain HTTP.</summary>
    Auto,
    Off,
    Required,
}
