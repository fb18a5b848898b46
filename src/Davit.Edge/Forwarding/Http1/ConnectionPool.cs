using System.Net.Sockets;
using Davit.Edge.Draining;
using Davit.Edge.Routing;

namespace Davit.Edge.Forwarding.Http1;

/// <summary>The kept connections of one target, the warmest on top. It ends with its target, so nothing is left over after a drain.</summary>
internal sealed class ConnectionPool(Target target, TimeProvider clock) : IDisposable
{
    private const int Kept = 512;

    /// <summary>Targets close idle connections too, and may do so while a request is on its way; the young ones are safe.</summary>
    private static readonly TimeSpan IdleForSafeMethods = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan IdleForOthers = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan JustNow = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly Stack<UpstreamConnection> _idle = new();
    private bool _closed;

    /// <summary>A kept connection that was still open a moment ago, or null.</summary>
    /// <param name="repeatable">Whether the request may be sent again when the target closes just now.</param>
    public UpstreamConnection? TryTake(bool repeatable)
    {
        while (true)
        {
            UpstreamConnection? connection;
            lock (_lock)
            {
                if (!_idle.TryPop(out connection))
                    return null;
            }

            // A repeatable request finds out by itself what a system call would tell about a connection used just now.
            var idle = clock.GetElapsedTime(connection.IdleSince);
            if (idle < (repeatable ? IdleForSafeMethods : IdleForOthers) && ((repeatable && idle < JustNow) || !connection.IsStale()))
                return connection;

            connection.Dispose();
        }
    }

    /// <exception cref="SocketException">Nobody listens, or the network does not lead there.</exception>
    /// <exception cref="OperationCanceledException">The timeout passed.</exception>
    public async ValueTask<UpstreamConnection> ConnectAsync(TimeSpan timeout, CancellationToken ct)
    {
        var socket = new Socket(target.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = new CancellationTokenSource(timeout, clock);
            await using (ct.UnsafeRegister(static l => ((CancellationTokenSource)l!).Cancel(), limit))
                await socket.ConnectAsync(target.Endpoint, limit.Token);

            var connection = new UpstreamConnection(target, socket);
            target.Flights.TryAdd(connection, 0);
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Return(UpstreamConnection connection)
    {
        connection.Kind = FlightKind.Idle;
        connection.Deadline = long.MaxValue;
        connection.IdleSince = clock.GetTimestamp();
        lock (_lock)
        {
            if (!_closed && _idle.Count < Kept)
            {
                _idle.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }

    /// <summary>Ends exchanges whose time is over, and connections that nobody wanted for a while.</summary>
    public void Sweep()
    {
        var now = clock.GetTimestamp();
        foreach (var flight in target.Flights.Keys)
        {
            if (flight is UpstreamConnection { Kind: not FlightKind.Idle } connection && connection.Deadline < now)
                connection.Abort(AbortReason.TimedOut);
        }

        UpstreamConnection[] old;
        lock (_lock)
        {
            if (_idle.Count is 0 || clock.GetElapsedTime(_idle.Last().IdleSince) < IdleForSafeMethods)
                return;

            var all = _idle.ToArray();
            old = [.. all.Where(c => clock.GetElapsedTime(c.IdleSince) >= IdleForSafeMethods)];
            _idle.Clear();
            foreach (var young in all.Except(old).Reverse())
                _idle.Push(young);
        }

        foreach (var connection in old)
            connection.Dispose();
    }

    /// <summary>Closes what is idle now; what is busy closes when it comes back.</summary>
    public void CloseIdle()
    {
        UpstreamConnection[] all;
        lock (_lock)
        {
            _closed = true;
            all = [.. _idle];
            _idle.Clear();
        }

        foreach (var connection in all)
            connection.Dispose();
    }

    public void Dispose() => CloseIdle();
}
