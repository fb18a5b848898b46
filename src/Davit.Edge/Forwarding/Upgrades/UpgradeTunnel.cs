using System.Buffers;
using System.Net.Sockets;
using Davit.Edge.Forwarding.Http1;

namespace Davit.Edge.Forwarding.Upgrades;

/// <summary>Carries an upgraded connection both ways until one side ends it.</summary>
internal sealed class UpgradeTunnel(UpstreamConnection connection, Stream client, bool isWebSocket, TimeSpan idle, TimeProvider clock)
{
    private const int BufferSize = 16 * 1024;

    /// <summary>How long a target may take to close after the client's Close frame passed.</summary>
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(2);

    public long BytesIn { get; private set; }

    public long BytesOut { get; private set; }

    public async Task RunAsync(CancellationToken ct)
    {
        using var peer = new ClientPeer(client);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Stirred();
        if (isWebSocket)
            connection.Peer = peer;

        var up = UpAsync(over.Token);
        await DownAsync(peer, over.Token);
        await over.CancelAsync();
        connection.Abort(AbortReason.Closed);
        await up;
        connection.Peer = null;
        await peer.SettleAsync();
    }

    private async Task DownAsync(ClientPeer peer, CancellationToken ct)
    {
        try
        {
            while (connection.Received.Length > 0 || await connection.FillAsync(ct) > 0)
            {
                var bytes = connection.Buffer.AsMemory(connection.Start, connection.End - connection.Start);
                BytesOut += bytes.Length;
                Stirred();
                if (isWebSocket)
                {
                    await peer.WriteAsync(bytes, ct);
                }
                else
                {
                    await client.WriteAsync(bytes, ct);
                    await client.FlushAsync(ct);
                }

                connection.Start = connection.End;
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // Either side has gone; whoever is left is told by the end of the tunnel.
        }
    }

    private async Task UpAsync(CancellationToken ct)
    {
        var frames = new FrameTracker();
        try
        {
            while (await PassAsync(frames, ct) > 0)
            {
                if (!frames.SawClose)
                    continue;

                connection.Deadline = clock.GetTimestamp() + (long)(CloseGrace.TotalSeconds * clock.TimestampFrequency);
                return;
            }

            HalfClose();
        }
        catch (Exception e) when (IsEnd(e))
        {
            connection.Abort(AbortReason.ClientGone);
        }
    }

    /// <summary>Waits without a buffer, because most peers are silent most of the time. 0 when the client has ended.</summary>
    private async ValueTask<int> PassAsync(FrameTracker frames, CancellationToken ct)
    {
        _ = await client.ReadAsync(Memory<byte>.Empty, ct);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var read = await client.ReadAsync(buffer, ct);
            BytesIn += read;
            Stirred();
            await SendAsync(buffer.AsMemory(0, read), ct);
            if (isWebSocket)
                frames.Advance(buffer.AsSpan(0, read), toBoundary: false);

            return read;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Stirred() => connection.Deadline = clock.GetTimestamp() + (long)(idle.TotalSeconds * clock.TimestampFrequency);

    private void HalfClose()
    {
        if (isWebSocket)
            connection.Abort(AbortReason.ClientGone);
        else
            connection.Socket.Shutdown(SocketShutdown.Send);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (bytes.Length > 0)
            bytes = bytes[await connection.Socket.SendAsync(bytes, SocketFlags.None, ct)..];
    }

    private static bool IsEnd(Exception e) => e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;
}
