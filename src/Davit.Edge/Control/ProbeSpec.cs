using System.Collections.Immutable;

namespace Davit.Edge.Control;

public enum ProbeKind
{
    /// <summary>A GET whose status is expected; redirects are reported, not followed.</summary>
    Http,

    /// <summary>A connection that is accepted.</summary>
    Tcp,

    /// <summary>grpc.health.v1.Health/Check over HTTP/2 without TLS.</summary>
    Grpc,

    /// <summary>Ready as soon as it is named: for services whose readiness the engine reports.</summary>
    None,
}

/// <summary>How the edge finds out that a target can take traffic. The defaults are those of the manifest.</summary>
public sealed record ProbeSpec
{
    public ProbeKind Kind { get; set; } = ProbeKind.Http;

    public string Path { get; set; } = "/";

    /// <summary>Another port than the target's; 0 for the target's own.</summary>
    public int Port { get; set; }

    /// <summary>The Host header; "" for the target's address.</summary>
    public string Host { get; set; } = "";

    public ImmutableDictionary<string, string> Headers { get; set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Statuses that count as ready.</summary>
    public ImmutableArray<StatusRange> Expect { get; set; } = [new(200, 399)];

    /// <summary>Text the body must contain (in its first 64 KiB); "" for any.</summary>
    public string ExpectBody { get; set; } = "";

    /// <summary>The gRPC service asked for; "" for the server as a whole.</summary>
    public string GrpcService { get; set; } = "";

    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Good answers in a row before a target is taken in.</summary>
    public int Successes { get; set; } = 1;

    /// <summary>Bad answers in a row before a target is taken out.</summary>
    public int Failures { get; set; } = 3;
}

/// <summary>Both ends belong to it.</summary>
public sealed record StatusRange(int From, int To)
{
    public bool Contains(int status) => status >= From && status <= To;
}

/// <summary>How long replaced targets may finish what they have begun.</summary>
public sealed record DrainSpec
{
    /// <summary>For ordinary responses and uploads.</summary>
    public TimeSpan Requests { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For event streams, gRPC streams and raw TCP connections.</summary>
    public TimeSpan Streams { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For the closing handshake after WebSocket peers were told 1001.</summary>
    public TimeSpan WebSocketClose { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>WebSockets are left alone for <see cref="Streams"/> instead of being told at once.</summary>
    public bool WebSocketsWait { get; set; }
}
