using System.Text;

namespace Davit.ControlPlane.Logs;

/// <summary>
/// Reads the lines of a file that somebody appends to, and goes on in its successor when the older half is let go. A line
/// that a crash cut short is left out.
/// </summary>
internal sealed class LogTail(string path) : IDisposable
{
    private readonly StringBuilder _partial = new();
    private StreamReader _reader = Open(path);
    private string? _last;

    /// <returns>Null at the end of what is there now.</returns>
    public async Task<LogRecord?> NextAsync(CancellationToken ct)
    {
        if (await ReadAsync(ct) is { } record)
            return record;
        if (!WasReplaced())
            return null;

        // What was written between the last look and the replacement still stands in the old file.
        if (await ReadAsync(ct) is { } late)
            return late;
        await GoOnInSuccessorAsync(ct);
        return await ReadAsync(ct);
    }

    public void Dispose() => _reader.Dispose();

    private static StreamReader Open(string path) => new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);

    private async Task<LogRecord?> ReadAsync(CancellationToken ct)
    {
        while (await _reader.ReadLineAsync(ct) is { } line)
        {
            // A line without its end yet is completed by a later read; what stays incomplete does not hold up the next line.
            _partial.Append(line);
            var record = LogJson.Read(_partial.ToString()) ?? (_partial.Length > line.Length ? LogJson.Read(line) : null);
            if (record is null)
            {
                if (_partial.Length > 16 * LogFile.LongestLine)
                    _partial.Clear();
                continue;
            }

            _partial.Clear();
            _last = record.Cursor;
            return record;
        }

        return null;
    }

    /// <summary>The successor begins with the newer half, so it is shorter than the file this reader holds.</summary>
    private bool WasReplaced() => new FileInfo(path) is { Exists: true } now && now.Length < _reader.BaseStream.Length;

    private async Task GoOnInSuccessorAsync(CancellationToken ct)
    {
        var (known, last) = (await ContainsLastAsync(ct), _last);
        _reader.Dispose();
        _reader = Open(path);
        _partial.Clear();
        while (known && await ReadAsync(ct) is { } record && record.Cursor != last)
        {
        }
    }

    private async Task<bool> ContainsLastAsync(CancellationToken ct)
    {
        using var reader = Open(path);
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            if (LogJson.Read(line)?.Cursor == _last)
                return _last is not null;
        }

        return false;
    }
}
