using Davit.Drivers.Logs;

namespace Davit.Drivers.Docker.Logs;

/// <summary>
/// Gives records their cursor, and drops those a reader has seen. The engine writes two streams into one file, so
/// instants may go back a little; the place in the file is what counts. A resumed reading therefore starts early and
/// skips up to and including the record of the cursor. When rotation has taken that record away, what is younger is new.
/// </summary>
internal sealed class LogResume(LogCursor? after)
{
    /// <summary>How far instants of neighbouring records may be out of order.</summary>
    public const long Slack = 2_000_000_000;

    private const int InstantsKept = 100_000;

    private readonly Queue<LogLine> _undecided = new();
    private bool _isFound = after is null;
    private Dictionary<long, int> _counts = [];
    private long _youngest;

    /// <summary>Counts records of the same instant; a reading that begins <see cref="Slack"/> earlier counts the same.</summary>
    public LogCursor Place(long unixNanoseconds)
    {
        _youngest = Math.Max(_youngest, unixNanoseconds);
        if (_counts.Count > InstantsKept)
            _counts = _counts.Where(c => c.Key >= _youngest - Slack).ToDictionary();
        var ordinal = _counts.GetValueOrDefault(unixNanoseconds);
        _counts[unixNanoseconds] = ordinal + 1;
        return new(unixNanoseconds, ordinal);
    }

    /// <summary>The lines that are new, now that this one was read.</summary>
    public IEnumerable<LogLine> Take(LogLine line)
    {
        if (_isFound)
            return [line];

        if (line.Cursor == after)
        {
            _isFound = true;
            _undecided.Clear();
            return [];
        }

        if (line.Cursor > after)
            _undecided.Enqueue(line);
        return line.Cursor.UnixNanoseconds > after!.Value.UnixNanoseconds + Slack ? Rest() : [];
    }

    /// <summary>At the end, or far behind the cursor: the record of the cursor will not come any more.</summary>
    public IEnumerable<LogLine> Rest()
    {
        _isFound = true;
        var rest = _undecided.ToArray();
        _undecided.Clear();
        return rest;
    }
}
