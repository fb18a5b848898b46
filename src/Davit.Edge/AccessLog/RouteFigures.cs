using System.Numerics;
using Davit.Edge.Control;

namespace Davit.Edge.AccessLog;

/// <summary>Counts of one route since the edge started; survives table swaps.</summary>
internal sealed class RouteFigures
{
    private readonly long[] _byClass = new long[5];
    private readonly long[] _latency = new long[17];
    private long _requests;
    private long _edgeErrors;
    private long _clientGone;
    private long _bytesIn;
    private long _bytesOut;
    private long _retries;
    private long _webSockets;

    public void Answered(int status, TimeSpan took, long bytesIn, long bytesOut)
    {
        Interlocked.Increment(ref _requests);
        if (status is >= 100 and < 600)
            Interlocked.Increment(ref _byClass[(status / 100) - 1]);

        Interlocked.Increment(ref _latency[Bucket(took)]);
        if (bytesIn is not 0)
            Interlocked.Add(ref _bytesIn, bytesIn);

        if (bytesOut is not 0)
            Interlocked.Add(ref _bytesOut, bytesOut);
    }

    public void EdgeError() => Interlocked.Increment(ref _edgeErrors);

    public void ClientGone() => Interlocked.Increment(ref _clientGone);

    public void Retried() => Interlocked.Increment(ref _retries);

    public void WebSocket() => Interlocked.Increment(ref _webSockets);

    /// <summary>The budget for repeated requests: a fifth of all, and always a handful.</summary>
    public bool MayRetry => Volatile.Read(ref _retries) < 10 + (Volatile.Read(ref _requests) / 5);

    public RouteCounters Read(string route, string service, long ejections) => new(
        route, service, Volatile.Read(ref _requests), [.. _byClass], Volatile.Read(ref _edgeErrors), Volatile.Read(ref _clientGone), [.. _latency])
    {
        BytesIn = Volatile.Read(ref _bytesIn),
        BytesOut = Volatile.Read(ref _bytesOut),
        Retries = Volatile.Read(ref _retries),
        Ejections = ejections,
        WebSockets = Volatile.Read(ref _webSockets),
    };

    private static int Bucket(TimeSpan took) => Math.Min(16, took.TotalMilliseconds <= 1 ? 0 : BitOperations.Log2((uint)Math.Min(took.TotalMilliseconds - 0.001, int.MaxValue)) + 1);
}
