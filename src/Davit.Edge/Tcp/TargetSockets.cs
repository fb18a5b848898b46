using System.Net.Sockets;
using Davit.Edge.Routing;

namespace Davit.Edge.Tcp;

/// <summary>Finds a target of a raw route and connects to it, with up to two other tries.</summary>
internal sealed class TargetSockets(RouteTable table, Balancer balancer, TimeProvider clock)
{
    private const int MostAttempts = 3;

    /// <summary>A connection to a claimed target, or null. Who gets it calls <see cref="Target.Exit"/> at its end.</summary>
    public async Task<(Target Target, TcpFlight Flight)?> ConnectAsync(Func<TableSnapshot, BoundRoute?> find, CancellationToken ct)
    {
        Target? tried = null, triedToo = null;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (find(table.Current) is not { } route || balancer.Pick(route.Service, tried, triedToo) is not { } target)
                return null;

            if (!target.TryEnter())
                continue;

            if (await TryConnectAsync(target, route.Route.Timeouts.Connect, ct) is { } flight)
                return (target, flight);

            target.Exit();
            (triedToo, tried) = (tried, target);
        }

        return null;
    }

    private async Task<TcpFlight?> TryConnectAsync(Target target, TimeSpan timeout, CancellationToken ct)
    {
        var socket = new Socket(target.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = new CancellationTokenSource(timeout, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
            await socket.ConnectAsync(target.Endpoint, both.Token);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
            target.Ejection.Connected();
            return new TcpFlight(target, socket);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            if (!ct.IsCancellationRequested && !ConnectionBudget.IsOutOfDescriptors(e))
                target.Ejection.Failed();

            return null;
        }
    }
}
