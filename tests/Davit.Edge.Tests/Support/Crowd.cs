using System.Net;
using System.Net.Sockets;

namespace Davit.Edge.Tests.Support;

/// <summary>Connections that stand in a listener's queue until it takes no more.</summary>
internal sealed class Crowd(IPEndPoint endpoint) : IDisposable
{
    private readonly List<Socket> _standing = [];

    public async Task FillAsync(CancellationToken ct)
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _standing.Add(socket);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(TimeSpan.FromMilliseconds(300));
            try
            {
                await socket.ConnectAsync(endpoint, patience.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return;
            }
        }
    }

    public void Dispose() => _standing.ForEach(s => s.Dispose());
}
