using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Davit.Edge.Tests.Support;

/// <summary>HTTP/2 frame by frame (RFC 9113), to send what no client library would.</summary>
internal sealed class Http2Client : IAsyncDisposable
{
    public const uint NoError = 0;

    private const byte Headers = 1;
    private const byte ResetStream = 3;
    private const byte Settings = 4;
    private const byte GoAway = 7;
    private const byte Continuation = 9;

    private readonly SslStream _tls;
    private readonly Task<uint?> _reading;

    private Http2Client(SslStream tls, CancellationToken ct)
    {
        _tls = tls;
        _reading = ReadAsync(ct);
    }

    public static async Task<Http2Client> ConnectAsync(int port, string host, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, ct);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                RemoteCertificateValidationCallback = (_, certificate, _, errors) => certificate is not null && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable),
            },
            ct);
        await tls.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray().Concat(Frame(Settings, 0, 0, [])).ToArray(), ct);
        return new Http2Client(tls, ct);
    }

    /// <summary>Opens streams and resets each at once. Answers how many went out before the peer had enough.</summary>
    public async Task<int> ResetStreamsAsync(string path, int most, CancellationToken ct)
    {
        byte[] head = [0x82, 0x87, 0x04, (byte)path.Length, .. Encoding.ASCII.GetBytes(path), 0x41, 13, .. "local.example"u8];
        for (var i = 0; i < most; i++)
        {
            var stream = (uint)((2 * i) + 1);
            if (!await TrySendAsync([.. Frame(Headers, 0x5, stream, head), .. Frame(ResetStream, 0, stream, [0, 0, 0, 8])], ct))
                return i;
        }

        return most;
    }

    /// <summary>Begins a head and goes on with fields for as long as the peer takes them.</summary>
    public async Task<int> FloodHeadAsync(int most, CancellationToken ct)
    {
        await TrySendAsync(Frame(Headers, 0x1, 1, [0x82, 0x87, 0x84, 0x41, 13, .. "local.example"u8]), ct);
        byte[] field = [0x00, 3, .. "x-a"u8, 0x7f, 0xe1, 0x06, .. new byte[992].Select(_ => (byte)'v')];
        for (var i = 0; i < most; i++)
        {
            if (!await TrySendAsync(Frame(Continuation, 0, 1, field), ct))
                return i;
        }

        return most;
    }

    /// <summary>The reason the peer gave for its end, or null when it gave none. Fails when it goes on.</summary>
    public Task<uint?> GoAwayAsync(CancellationToken ct) => _reading.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, ct);

    public async ValueTask DisposeAsync()
    {
        await _tls.DisposeAsync();
        await _reading;
    }

    private static byte[] Frame(byte type, byte flags, uint stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(0), (uint)payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    private async Task<bool> TrySendAsync(byte[] bytes, CancellationToken ct)
    {
        if (_reading.IsCompleted)
            return false;

        try
        {
            await _tls.WriteAsync(bytes, ct);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<uint?> ReadAsync(CancellationToken ct)
    {
        var head = new byte[9];
        try
        {
            while (await _tls.ReadAtLeastAsync(head, 9, throwOnEndOfStream: false, ct) is 9)
            {
                var payload = new byte[BinaryPrimitives.ReadUInt32BigEndian(head) >> 8];
                await _tls.ReadExactlyAsync(payload, ct);
                if (head[3] is GoAway)
                    return BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(4));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The peer cut the connection, or the test is over.
        }

        return null;
    }
}
