using System.Text;

namespace Davit.Drivers.Logs;

/// <summary>Takes lines one after the other; the source waits for it.</summary>
public delegate ValueTask LogSink(LogLine line, CancellationToken ct);

/// <summary>One line of output, without its line end.</summary>
/// <param name="Cursor">Reading may go on right after it.</param>
/// <param name="Channel">Terminals have one stream only.</param>
/// <param name="Bytes">As written; may be no text at all.</param>
/// <param name="IsPartial">The line goes on in the next record: the runtime cuts long ones.</param>
public sealed record LogLine(LogCursor Cursor, OutputChannel Channel, ReadOnlyMemory<byte> Bytes, bool IsPartial = false)
{
    public DateTimeOffset At => Cursor.At;

    /// <summary>The line as UTF-8; invalid bytes become U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    public override string ToString() => Text;
}

/// <summary>A place in the output of one instance: the engine's instant, and which of the records of that instant.</summary>
public readonly record struct LogCursor(long UnixNanoseconds, int Ordinal) : IComparable<LogCursor>
{
    public DateTimeOffset At => DateTimeOffset.UnixEpoch.AddTicks(UnixNanoseconds / 100);

    public static bool operator <(LogCursor left, LogCursor right) => left.CompareTo(right) < 0;

    public static bool operator >(LogCursor left, LogCursor right) => left.CompareTo(right) > 0;

    public static bool operator <=(LogCursor left, LogCursor right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LogCursor left, LogCursor right) => left.CompareTo(right) >= 0;

    public static LogCursor Parse(string text) => text.Split('.') is [var nanoseconds, var ordinal]
        ? new(long.Parse(nanoseconds, System.Globalization.CultureInfo.InvariantCulture), int.Parse(ordinal, System.Globalization.CultureInfo.InvariantCulture))
        : throw new FormatException("A log cursor is two numbers with a dot between them.");

    public int CompareTo(LogCursor other) => (UnixNanoseconds, Ordinal).CompareTo((other.UnixNanoseconds, other.Ordinal));

    public override string ToString() => $"{UnixNanoseconds}.{Ordinal}";
}

/// <summary>Which lines are wanted.</summary>
public sealed record LogQuery
{
    /// <summary>The last line already seen; null begins with the first one.</summary>
    public LogCursor? After { get; init; }

    /// <summary>Only the last n lines.</summary>
    public int? Tail { get; init; }

    /// <summary>Goes on until the instance ends.</summary>
    public bool Follow { get; init; }
}
