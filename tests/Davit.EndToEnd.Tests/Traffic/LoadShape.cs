namespace Davit.EndToEnd.Tests.Traffic;

/// <summary>How many clients of each kind, and how often each asks.</summary>
internal sealed record LoadShape
{
    /// <summary>
    /// Everything at once, over 800 requests/s when they are answered at once. A client that waits for its answer asks less
    /// often, so the rate comes from many clients and not from short pauses.
    /// </summary>
    public static LoadShape Mixed { get; } = new() { KeepAlive = 20, Fresh = 4, Http2 = 10, Transfers = 2 };

    public int KeepAlive { get; init; } = 8;

    public int Fresh { get; init; } = 4;

    /// <summary>Streams at the same time on one connection.</summary>
    public int Http2 { get; init; }

    /// <summary>Uploads of 1 MB, and as many downloads.</summary>
    public int Transfers { get; init; }

    public int Sockets { get; init; } = 4;

    public int Streams { get; init; } = 4;

    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(40);

    public string Path { get; init; } = "/version";
}
