using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Davit.Edge.Tests.Support;

/// <summary>A plain socket: what is sent and received is exactly what the test says.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Socket Socket => _socket;

    /// <summary>The peer has closed, or there is something to read.</summary>
    public bool IsClosed
    {
        get
        {
            try
            {
                return _socket.Poll(0, SelectMode.SelectRead);
            }
            catch (SocketException)
            {
                return true;
            }
        }
    }

    public static async Task<RawClient> ConnectAsync(int port)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), Ct);
        return client;
    }

    /// <summary>Sends bytes to a new connection and answers everything that came until the peer closed or a moment passed.</summary>
    public static async Task<string> ExchangeAsync(int port, string request, double seconds = 3)
    {
        using var client = await ConnectAsync(port);
        await client.SendAsync(request);
        return await client.ReadAllAsync(seconds);
    }

    public async Task SendAsync(string text) => await SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await _socket.SendAsync(bytes, Ct)..];
    }

    /// <summary>The next piece; "" when the peer closed.</summary>
    public async Task<string> ReadAsync(double seconds = 5)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        try
        {
            return Encoding.Latin1.GetString(_buffer, 0, await _socket.ReceiveAsync(_buffer, limit.Token));
        }
        catch (SocketException)
        {
            return "";
        }
    }

    public async Task<string> ReadUntilAsync(string end, double seconds = 5)
    {
        var text = new StringBuilder();
        while (!text.ToString().Contains(end, StringComparison.Ordinal))
        {
            var piece = await ReadAsync(seconds);
            if (piece is "")
                break;

            text.Append(piece);
        }

        return text.ToString();
    }

    public async Task<string> ReadAllAsync(double seconds)
    {
        var text = new StringBuilder();
        try
        {
            while (await ReadAsync(seconds) is { Length: > 0 } piece)
                text.Append(piece);
        }
        catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
        {
            text.Append("[still open]");
        }

        return text.ToString();
    }

    public void Dispose() => _socket.Dispose();
}
