using System.Net.WebSockets;
using System.Text.Json;
using Davit.ControlPlane.Redacting;
using Davit.Drivers;
using Davit.Drivers.Exec;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Wire;

namespace Davit.ControlPlane.Exec;

/// <summary>Carries bytes between a WebSocket and a process in an instance. Nothing is recorded; secrets of the org are taken out of what the process writes.</summary>
internal sealed class ExecRelay(IRuntimeDriver driver, WebSocket socket, Redaction redaction, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);

    /// <summary>How long what may be the beginning of a secret waits for the rest of it.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _sending = new(1);
    private Task _input = Task.CompletedTask;

    public async Task RunAsync(Grant grant, CancellationToken aborted)
    {
        using var limit = new CancellationTokenSource(Longest, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(aborted, limit.Token);
        var exit = await ServeAsync(grant, stop, limit.Token);
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await SendAsync(ExecFrames.Of(ExecFrames.Exit, JsonSerializer.Serialize(exit, WireJson.Default.ExecExit)), CancellationToken.None);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }

        // The reader of input ends with the client's own close; cancelling it would abort the socket under the exit frame.
        await _input.WaitAsync(Goodbye, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _sending.Dispose();

    private async Task<ExecExit> ServeAsync(Grant grant, CancellationTokenSource stop, CancellationToken tooLong)
    {
        try
        {
            await using var session = await driver.ExecAsync(grant.Instance, Spec(grant.Request), stop.Token);
            _input = PumpInputAsync(session, stop);
            await PumpOutputAsync(session, grant.Org, stop.Token);
            var code = await session.WaitAsync(stop.Token);
            return new ExecExit(code, code > 128 ? "killed" : "exited");
        }
        catch (ProblemException e)
        {
            return new ExecExit(125, "failed") { Problem = ProblemBody.Of((await redaction.OfAsync(grant.Org, CancellationToken.None)).Apply(e.Problem), "") };
        }
        catch (OperationCanceledException)
        {
            return new ExecExit(125, tooLong.IsCancellationRequested ? "timeout" : "killed");
        }
    }

    private static ExecSpec Spec(ExecRequest request) => new([.. request.Command])
    {
        Stdin = request.Stdin,
        Terminal = request.Tty ? new TerminalSize(request.Columns, request.Rows) : null,
        User = request.User,
        WorkingDirectory = request.WorkingDirectory,
        Environment = EquatableMap.From(request.Environment),
    };

    private async Task PumpOutputAsync(IExecSession session, OrgId org, CancellationToken ct)
    {
        var (output, errors) = (new StreamRedaction(), new StreamRedaction());
        var buffer = new byte[ExecFrames.MaxFrame / 2];
        while (true)
        {
            var reading = session.ReadAsync(buffer, ct).AsTask();
            if ((output.IsHolding || errors.IsHolding) && !await IsSoonAsync(reading, ct))
                await PassRestAsync();
            if (await reading is not { Count: > 0 } read)
                break;
            var isError = read.Channel is OutputChannel.Stderr;
            var clean = (isError ? errors : output).Take(await redaction.OfAsync(org, ct), buffer.AsSpan(0, read.Count));
            await PassAsync(isError ? ExecFrames.Stderr : ExecFrames.Stdout, clean, ct);
        }

        await PassRestAsync();

        async Task PassRestAsync()
        {
            var redactor = await redaction.OfAsync(org, ct);
            await PassAsync(ExecFrames.Stdout, output.End(redactor), ct);
            await PassAsync(ExecFrames.Stderr, errors.End(redactor), ct);
        }
    }

    private async Task<bool> IsSoonAsync(Task reading, CancellationToken ct)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var silence = Task.Delay(Silence, clock, done.Token);
        var first = await Task.WhenAny(reading, silence);
        await done.CancelAsync();
        return first == reading;
    }

    /// <summary>What stands in the place of a secret may be longer than it.</summary>
    private async Task PassAsync(byte kind, byte[] bytes, CancellationToken ct)
    {
        foreach (var piece in bytes.Chunk(ExecFrames.MaxFrame - 1))
            await SendAsync(ExecFrames.Of(kind, piece), ct);
    }

    /// <summary>A client that goes away takes the session with it: hang-up first, as a terminal that is closed would send.</summary>
    private async Task PumpInputAsync(IExecSession session, CancellationTokenSource stop)
    {
        var buffer = new byte[ExecFrames.MaxFrame];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            try
            {
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                }
                while (!part.EndOfMessage && length < buffer.Length);
            }
            catch (WebSocketException)
            {
                part = new(0, WebSocketMessageType.Close, true);
            }

            if (part.MessageType is WebSocketMessageType.Close)
            {
                await HangUpAsync(session, stop);
                return;
            }

            if (length > 0 && !stop.IsCancellationRequested)
                await HandleAsync(session, buffer.AsMemory(0, length), stop.Token);
        }
    }

    private static async Task HangUpAsync(IExecSession session, CancellationTokenSource stop)
    {
        try
        {
            await session.SignalAsync("HUP", CancellationToken.None);
            await stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The session ended first; there is nothing left to tell.
        }
    }

    private static async Task HandleAsync(IExecSession session, ReadOnlyMemory<byte> frame, CancellationToken ct)
    {
        if (frame.Span[0] is ExecFrames.Stdin)
        {
            await session.WriteAsync(frame[1..], ct);
            return;
        }

        if (frame.Span[0] is not ExecFrames.Control || JsonSerializer.Deserialize(frame.Span[1..], WireJson.Default.ExecControl) is not { } control)
            return;
        switch (control.Kind)
        {
            case "resize":
                await session.ResizeAsync(new TerminalSize(Math.Clamp(control.Columns, 1, 1000), Math.Clamp(control.Rows, 1, 1000)), ct);
                break;
            case "signal" when control.Name is "INT" or "TERM" or "KILL" or "HUP" or "QUIT":
                await session.SignalAsync(control.Name, ct);
                break;
            case "close-stdin":
                await session.CloseInputAsync(ct);
                break;
        }
    }

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
