using System.IO.Pipelines;
using Davit.Drivers.Exec;

namespace Davit.Drivers.Memory;

/// <summary>Knows three programs: <c>cat</c>, <c>true</c> and <c>false</c>.</summary>
internal sealed class MemoryExecSession : IExecSession
{
    private readonly Pipe _echo = new();
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _echoes;

    public MemoryExecSession(ExecSpec spec)
    {
        _echoes = spec.Command[0] is "cat";
        if (_echoes && spec.Stdin)
            return;

        _echo.Writer.Complete();
        _exit.TrySetResult(spec.Command[0] is "false" ? 1 : 0);
    }

    public static bool Knows(ExecSpec spec) => !spec.Command.IsEmpty && spec.Command[0] is "cat" or "true" or "false";

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> input, CancellationToken ct)
    {
        if (_echoes)
            await _echo.Writer.WriteAsync(input, ct);
    }

    public async ValueTask CloseInputAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await _echo.Writer.CompleteAsync();
        _exit.TrySetResult(0);
    }

    public async ValueTask<ExecRead> ReadAsync(Memory<byte> buffer, CancellationToken ct) =>
        new(OutputChannel.Stdout, await _echo.Reader.AsStream(leaveOpen: true).ReadAsync(buffer, ct));

    public Task ResizeAsync(TerminalSize size, CancellationToken ct) => Task.CompletedTask;

    public async Task<bool> SignalAsync(string signal, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await _echo.Writer.CompleteAsync();
        return _exit.TrySetResult(137);
    }

    public Task<int> WaitAsync(CancellationToken ct) => _exit.Task.WaitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await _echo.Writer.CompleteAsync();
        await _echo.Reader.CompleteAsync();
        _exit.TrySetResult(137);
    }
}
