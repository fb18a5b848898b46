using System.Net;
using System.Net.Sockets;

namespace Davit.Edge.Tests.Support;

internal static class Streams
{
    /// <summary>Two ends of one loopback connection.</summary>
    public static (NetworkStream Client, NetworkStream Server) Pair()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        return (new NetworkStream(client, ownsSocket: true), new NetworkStream(listener.Accept(), ownsSocket: true));
    }
}
