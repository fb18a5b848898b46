using Davit.Edge.Draining;

namespace Davit.Edge.Forwarding.Upgrades;

/// <summary>
/// The way from a target to a WebSocket client. Told to go away, it puts a Close frame (1001) at the next frame boundary and
/// lets nothing of the target follow, because nothing may follow a Close (RFC 6455 section 5.5.1).
/// </summary>
internal sealed class ClientPeer(Stream client) : IWebSocketPeer, IDisposable
{
    /// <summary>FIN and Close, twelve bytes: status 1001 and a reason.</summary>
    private static readonly byte[] GoingAway = [0x88, 12, 0x03, 0xE9, .. "going away"u8];

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly FrameTracker _frames = new();
    private volatile bool _wanted;
    private bool _closeSent;
    private Task _told = Task.CompletedTask;
    private int _telling;

    public void GoAway()
    {
        _wanted = true;
        if (Interlocked.Exchange(ref _telling, 1) is 0)
            _told = TellAsync();
    }

    /// <summary>Passes bytes of the target to the client.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            if (_closeSent)
                return;

            var pass = !_wanted ? _frames.Advance(bytes.Span, toBoundary: false)
                : _frames.IsAtBoundary ? 0
                : _frames.Advance(bytes.Span, toBoundary: true);
            await client.WriteAsync(bytes[..pass], ct);
            _closeSent = _frames.SawClose;
            if (_wanted && _frames.IsAtBoundary)
                await CloseAsync(ct);

            await client.FlushAsync(ct);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Waits until nothing is being told any more.</summary>
    public Task SettleAsync() => _told;

    public void Dispose() => _writing.Dispose();

    private async Task TellAsync()
    {
        try
        {
            await _writing.WaitAsync(CancellationToken.None);
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        try
        {
            if (!_frames.IsAtBoundary)
                return;

            await CloseAsync(CancellationToken.None);
            await client.FlushAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The client left first; the tunnel notices by itself.
        }
        finally
        {
            _writing.Release();
        }
    }

    private async ValueTask CloseAsync(CancellationToken ct)
    {
        if (_closeSent)
            return;

        _closeSent = true;
        await client.WriteAsync(GoingAway, ct);
    }
}
