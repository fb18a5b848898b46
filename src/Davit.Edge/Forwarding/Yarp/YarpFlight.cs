using Davit.Edge.Draining;
using Davit.Edge.Routing;

namespace Davit.Edge.Forwarding.Yarp;

/// <summary>One exchange through YARP, so that a drain can see and end it.</summary>
internal sealed class YarpFlight : Flight, IDisposable
{
    private readonly Target _target;
    private readonly CancellationTokenSource _ended;
    private IWebSocketPeer? _peer;
    private int _cut;
    private volatile bool _headerSeen;

    public YarpFlight(Target target, CancellationToken ct)
    {
        _target = target;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        target.Flights.TryAdd(this, 0);
    }

    public CancellationToken Token => _ended.Token;

    public bool IsCut => Volatile.Read(ref _cut) is 1;

    public bool IsTimedOut => !IsCut && !_headerSeen && _ended.IsCancellationRequested;

    public IWebSocketPeer? Peer
    {
        set
        {
            Volatile.Write(ref _peer, value);
            if (_target is { IsDraining: true, TellsWebSockets: true })
                value?.GoAway();
        }
    }

    public void LimitHeader(TimeSpan time) => _ended.CancelAfter(time);

    public void HeaderSeen()
    {
        _headerSeen = true;
        _ended.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public override void TellGoingAway() => Volatile.Read(ref _peer)?.GoAway();

    public override bool Cut()
    {
        if (Interlocked.Exchange(ref _cut, 1) is 1)
            return false;

        _ended.Cancel();
        return true;
    }

    public void Dispose()
    {
        _target.Flights.TryRemove(this, out _);
        _ended.Dispose();
    }
}
