using System.Net.Sockets;
using Davit.Edge.Draining;
using Davit.Edge.Routing;

namespace Davit.Edge.Tcp;

/// <summary>One raw connection to a target.</summary>
internal sealed class TcpFlight : Flight, IDisposable
{
    private readonly Target _target;
    private int _cut;

    public TcpFlight(Target target, Socket socket)
    {
        (_target, Socket, Kind) = (target, socket, FlightKind.Stream);
        target.Flights.TryAdd(this, 0);
    }

    public Socket Socket { get; }

    public override bool Cut()
    {
        var first = Interlocked.Exchange(ref _cut, 1) is 0;
        Socket.Dispose();
        return first;
    }

    public void Dispose()
    {
        _target.Flights.TryRemove(this, out _);
        Socket.Dispose();
    }
}
