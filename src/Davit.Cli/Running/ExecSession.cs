using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Davit.Wire;

namespace Davit.Cli.Running;

/// <summary>Our side of an exec session: standard streams in and out, unchanged, and the window's size as it changes.</summary>
internal sealed class ExecSession(WebSocket socket) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1);
    private Task _lastResize = Task.CompletedTask;

    public async Task<ExecExit> RunAsync(bool stdin, bool tty, CancellationToken ct)
    {
        using var resize = tty ? PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Resized()) : null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var input = stdin ? PumpInputAsync(stop.Token) : SendControlAsync(new ExecControl("close-stdin"), ct);
        var exit = await PumpOutputAsync(ct);
        await stop.CancelAsync();
        await _lastResize.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // A read of a terminal cannot be called back; the process ends with it pending.
        if (input.IsCompleted)
            await input.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return exit;
    }

    public void Dispose() => _sending.Dispose();

    private async Task PumpInputAsync(CancellationToken ct)
    {
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[32 * 1024];
        while (await input.ReadAsync(buffer.AsMemory(1), ct) is var count and > 0)
        {
            buffer[0] = ExecFrames.Stdin;
            await SendAsync(buffer.AsMemory(0, count + 1), ct);
        }

        await SendControlAsync(new ExecControl("close-stdin"), ct);
    }

    private async Task<ExecExit> PumpOutputAsync(CancellationToken ct)
    {
        await using var stdout = Console.OpenStandardOutput();
        await using var stderr = Console.OpenStandardError();
        var buffer = new byte[ExecFrames.MaxFrame];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
                length += part.Count;
            }
            while (!part.EndOfMessage && length < buffer.Length);

            if (part.MessageType is WebSocketMessageType.Close)
                return new ExecExit(125, "failed");
            if (buffer[0] is ExecFrames.Exit)
                return JsonSerializer.Deserialize(buffer.AsSpan(1, length - 1), WireJson.Default.ExecExit)!;

            var to = buffer[0] is ExecFrames.Stderr ? stderr : stdout;
            await to.WriteAsync(buffer.AsMemory(1, length - 1), ct);
            await to.FlushAsync(ct);
        }
    }

    /// <summary>A signal handler cannot wait; a size that could not be sent is sent with the next change.</summary>
    private void Resized() => _lastResize = ResizeAsync(CancellationToken.None);

    private Task ResizeAsync(CancellationToken ct) => SendControlAsync(new ExecControl("resize") { Columns = Console.WindowWidth, Rows = Console.WindowHeight }, ct);

    private Task SendControlAsync(ExecControl control, CancellationToken ct) =>
        SendAsync(ExecFrames.Of(ExecFrames.Control, JsonSerializer.Serialize(control, WireJson.Default.ExecControl)), ct);

    private async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken ct)
    {
        await _sending.WaitAsync(ct);
        try
        {
            await socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, ct);
        }
        finally
        {
            _sending.Release();
        }
    }
}
