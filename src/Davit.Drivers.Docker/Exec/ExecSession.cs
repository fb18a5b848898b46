using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Exec;

namespace Davit.Drivers.Docker.Exec;

/// <summary>One process in a container, over one hijacked connection.</summary>
internal sealed class ExecSession(ExecTarget target, EngineClient engine, HijackedConnection connection, bool isTerminal) : IExecSession
{
    private readonly byte[] _header = new byte[OutputFrames.HeaderLength];
    private OutputChannel _channel;
    private int _left;
    private bool _isInputOpen = true;

    public ValueTask WriteAsync(ReadOnlyMemory<byte> input, CancellationToken ct) => connection.WriteAsync(input, ct);

    public async ValueTask CloseInputAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (!_isInputOpen)
            return;
        _isInputOpen = false;
        await connection.CloseWriteAsync();
    }

    public async ValueTask<ExecRead> ReadAsync(Memory<byte> buffer, CancellationToken ct)
    {
        if (isTerminal)
            return new(OutputChannel.Stdout, await connection.ReadAsync(buffer, ct));

        while (_left is 0)
        {
            if (!await FillHeaderAsync(ct))
                return new(OutputChannel.Stdout, 0);
            (_channel, _left) = OutputFrames.ReadHeader(_header);
        }

        var read = await connection.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], ct);
        _left -= read;
        return new(_channel, read);
    }

    public Task ResizeAsync(TerminalSize size, CancellationToken ct) => ExecProcess.ResizeAsync(engine, target.ExecId, size, ct);

    public async Task<bool> SignalAsync(string signal, CancellationToken ct) =>
        engine.Endpoint.IsLocal && HostProcess.Signal((await ExecProcess.InspectAsync(engine, target.ExecId, ct)).Pid, target.ContainerId, signal);

    public async Task<int> WaitAsync(CancellationToken ct)
    {
        var pause = TimeSpan.FromMilliseconds(2);
        while (true)
        {
            if (await ExecProcess.InspectAsync(engine, target.ExecId, ct) is { Running: false, ExitCode: { } code })
                return code;
            await Task.Delay(pause, engine.Clock, ct);
            pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 1.5, 250));
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async ValueTask<bool> FillHeaderAsync(CancellationToken ct)
    {
        for (var filled = 0; filled < _header.Length;)
        {
            var read = await connection.ReadAsync(_header.AsMemory(filled), ct);
            if (read is 0)
                return false;
            filled += read;
        }

        return true;
    }
}

internal sealed record ExecTarget(string ContainerId, string ExecId);
