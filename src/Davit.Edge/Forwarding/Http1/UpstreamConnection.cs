using System.Net.Sockets;
using Davit.Edge.Draining;
using Davit.Edge.Routing;

namespace Davit.Edge.Forwarding.Http1;

internal enum AbortReason
{
    None,
    TimedOut,
    ClientGone,
    Cut,
    Closed,
}

/// <summary>
/// One connection to a target and the buffer that is first its request head and then what was received. One exchange at a
/// time uses it; only <see cref="Abort"/> and the deadline may be touched from elsewhere.
/// </summary>
internal sealed class UpstreamConnection(Target target, Socket socket) : Flight, IDisposable
{
    /// <summary>Holds every ordinary head; a response head may grow it to <see cref="LargestBuffer"/>.</summary>
    private const int SmallestBuffer = 8 * 1024;
    public const int LargestBuffer = 64 * 1024;

    private long _deadline = long.MaxValue;
    private int _reason;
    private IWebSocketPeer? _peer;

    public Target Target { get; } = target;

    public Socket Socket { get; } = socket;

    public byte[] Buffer { get; private set; } = GC.AllocateUninitializedArray<byte>(SmallestBuffer);

    /// <summary>Received and not yet used: from <see cref="Start"/> to <see cref="End"/>.</summary>
    public int Start { get; set; }

    public int End { get; set; }

    public ReadOnlySpan<byte> Received => Buffer.AsSpan(Start, End - Start);

    /// <summary>Kept with the connection, so that an exchange need not make them.</summary>
    public ResponseHead Head { get; } = new();

    public ChunkScanner Chunks => field ??= new ChunkScanner();

    /// <summary>When it came back to the pool.</summary>
    public long IdleSince { get; set; }

    /// <summary>After this timestamp the sweep ends the exchange as timed out.</summary>
    public long Deadline
    {
        get => Volatile.Read(ref _deadline);
        set => Volatile.Write(ref _deadline, value);
    }

    public AbortReason Reason => (AbortReason)Volatile.Read(ref _reason);

    /// <summary>Set once the exchange became a WebSocket; it is told when the target drains.</summary>
    public IWebSocketPeer? Peer
    {
        get => Volatile.Read(ref _peer);
        set
        {
            Volatile.Write(ref _peer, value);
            if (Target is { IsDraining: true, TellsWebSockets: true })
                value?.GoAway();
        }
    }

    /// <summary>A pooled connection that can be read has been closed (or broken) by the target.</summary>
    public bool IsStale()
    {
        try
        {
            return Socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>Receives behind what is unread, making room first. 0 when the target closed.</summary>
    public async ValueTask<int> FillAsync(CancellationToken ct)
    {
        if (Start == End)
            Start = End = 0;
        else if (End == Buffer.Length)
            MakeRoom();

        var read = await Socket.ReceiveAsync(Buffer.AsMemory(End), SocketFlags.None, ct);
        End += read;
        return read;
    }

    /// <summary>Makes room for <paramref name="more"/> bytes behind the first <paramref name="used"/> ones of a head that is being written.</summary>
    public void Grow(int used, int more)
    {
        if (used + more <= Buffer.Length)
            return;

        var larger = GC.AllocateUninitializedArray<byte>(Math.Max(Buffer.Length * 2, used + more));
        Buffer.AsSpan(0, used).CopyTo(larger);
        Buffer = larger;
    }

    /// <summary>Ends the exchange from outside; the one who uses the connection sees its operation fail and asks for the reason.</summary>
    public bool Abort(AbortReason reason)
    {
        var first = Interlocked.CompareExchange(ref _reason, (int)reason, (int)AbortReason.None) is (int)AbortReason.None;
        Socket.Dispose();
        return first;
    }

    public override bool Cut() => Kind is not FlightKind.Idle && Abort(AbortReason.Cut);

    public override void TellGoingAway() => Peer?.GoAway();

    public void Dispose()
    {
        Interlocked.CompareExchange(ref _reason, (int)AbortReason.Closed, (int)AbortReason.None);
        Target.Flights.TryRemove(this, out _);
        Socket.Dispose();
    }

    private void MakeRoom()
    {
        var unread = Received;
        var larger = Start is 0 ? GC.AllocateUninitializedArray<byte>(Buffer.Length * 2) : Buffer;
        unread.CopyTo(larger);
        (Buffer, Start, End) = (larger, 0, unread.Length);
    }
}
