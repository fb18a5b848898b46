using Davit.Planning.Instances;

namespace Davit.Drivers.Exec;

/// <summary>A process inside a running instance. Bytes pass unchanged in both directions.</summary>
public interface IExecSession : IAsyncDisposable
{
    /// <summary>Waits while the process does not read, so a slow one holds the sender.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> input, CancellationToken ct);

    /// <summary>End of input for the process; its output is still read.</summary>
    ValueTask CloseInputAsync(CancellationToken ct);

    /// <summary>The next bytes of output; a count of 0 is the end. With a terminal everything is <see cref="OutputChannel.Stdout"/>.</summary>
    ValueTask<ExecRead> ReadAsync(Memory<byte> buffer, CancellationToken ct);

    Task ResizeAsync(TerminalSize size, CancellationToken ct);

    /// <summary>Best effort: false when the process cannot be found from here.</summary>
    Task<bool> SignalAsync(string signal, CancellationToken ct);

    /// <summary>The exit code, once the process has ended. Output not read by then may be lost.</summary>
    Task<int> WaitAsync(CancellationToken ct);
}

public readonly record struct ExecRead(OutputChannel Channel, int Count);

public readonly record struct TerminalSize(int Columns, int Rows);

/// <summary>What to run. An argument list; no shell unless it names one.</summary>
public sealed record ExecSpec(EquatableList<string> Command)
{
    public bool Stdin { get; init; }

    /// <summary>Null is no terminal.</summary>
    public TerminalSize? Terminal { get; init; }

    public string? User { get; init; }

    public string? WorkingDirectory { get; init; }

    public EquatableMap Environment { get; init; }

    public bool Privileged { get; init; }
}
