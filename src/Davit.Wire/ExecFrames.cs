using System.Text;

namespace Davit.Wire;

/// <summary>
/// The frames of subprotocol <c>davit.exec.v1</c>: one WebSocket binary message each, whose first byte says what follows.
/// Control and exit carry JSON; the rest are raw bytes.
/// </summary>
public static class ExecFrames
{
    public const string Subprotocol = "davit.exec.v1";
    public const byte Stdin = 0;
    public const byte Stdout = 1;
    public const byte Stderr = 2;

    /// <summary><c>{"kind":"resize","columns":…,"rows":…}</c>, <c>{"kind":"signal","name":"INT"}</c> or <c>{"kind":"close-stdin"}</c>.</summary>
    public const byte Control = 3;

    /// <summary><c>{"code":…,"reason":…}</c>; the last frame of a session.</summary>
    public const byte Exit = 4;

    public const int MaxFrame = 64 * 1024;

    public static byte[] Of(byte kind, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[payload.Length + 1];
        frame[0] = kind;
        payload.CopyTo(frame.AsSpan(1));
        return frame;
    }

    public static byte[] Of(byte kind, string json) => Of(kind, Encoding.UTF8.GetBytes(json));
}

/// <summary>What a client asks of a running session.</summary>
public sealed record ExecControl(string Kind)
{
    public int Columns { get; init; }

    public int Rows { get; init; }

    public string Name { get; init; } = "";
}

/// <param name="Reason"><c>exited</c>, <c>killed</c>, <c>timeout</c> or <c>failed</c>.</param>
public sealed record ExecExit(int Code, string Reason)
{
    public ProblemBody? Problem { get; init; }
}
