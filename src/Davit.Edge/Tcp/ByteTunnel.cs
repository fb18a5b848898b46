using System.Buffers;
using System.Net.Sockets;

namespace Davit.Edge.Tcp;

/// <summary>
/// Carries bytes both ways until both sides have ended. The end of one direction is passed on alone, so that a peer that
/// has said all may still listen; a failure ends both. One buffer per direction holds what the slower side has not taken;
/// a direction that is silent has none, because most connections are silent most of the time.
/// </summary>
internal sealed class ByteTunnel(Stream fromClient, Stream toClient, Action endToClient, Socket target)
{
    private const int BufferSize = 32 * 1024;

    public long BytesIn { get; private set; }

    public long BytesOut { get; private set; }

    /// <returns>False when a side broke off instead of ending.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await using var stream = new NetworkStream(target, ownsSocket: false);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var up = CopyAsync(fromClient, stream, n => BytesIn += n, () => target.Shutdown(SocketShutdown.Send), failed);
        var down = CopyAsync(stream, toClient, n => BytesOut += n, endToClient, failed);
        var ends = await Task.WhenAll(up, down);
        return ends is [true, true];
    }

    private static async Task<bool> CopyAsync(Stream from, Stream to, Action<int> count, Action end, CancellationTokenSource failed)
    {
        try
        {
            int read;
            do
            {
                _ = await from.ReadAsync(Memory<byte>.Empty, failed.Token);
                read = await PassAsync(from, to, failed.Token);
                count(read);
            }
            while (read > 0);

            end();
            return true;
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            await failed.CancelAsync();
            return false;
        }
    }

    private static async ValueTask<int> PassAsync(Stream from, Stream to, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var read = await from.ReadAsync(buffer, ct);
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
            await to.FlushAsync(ct);
            return read;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
