using System.Runtime.CompilerServices;
using Davit.ControlPlane.Redacting;

namespace Davit.ControlPlane.Logs;

/// <summary>
/// The lines of one instance or one deployment, appended to a file that outlives both. At its limit the older half is let
/// go, so a talkative instance never fills the disk.
/// </summary>
internal sealed class LogFile(string path, long limit = LogFile.Limit)
{
    private const long Limit = 64L << 20;
    public const int LongestLine = 16 * 1024;

    public string Path { get; } = path;

    /// <summary>Where collecting goes on after a restart: the cursor of the last whole line of the instance.</summary>
    public string? LastCursor()
    {
        if (!File.Exists(Path))
            return null;
        using var file = File.OpenRead(Path);

        // A character can take six bytes as an escape, so this is more than the longest line.
        file.Seek(-Math.Min(file.Length, 8 * LongestLine), SeekOrigin.End);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n').Reverse().Select(LogJson.Read).FirstOrDefault(r => r is { Stream: not LogRecord.Notice })?.Cursor;
    }

    /// <summary>Takes secrets out of every line before it is written.</summary>
    public Func<CancellationToken, ValueTask<Redactor>> Redactor { get; init; } = static _ => ValueTask.FromResult(Redacting.Redactor.None);

    public LogWriter Append() => new(Path, limit) { Redactor = Redactor };

    /// <summary>Lines in the order they were written; with <paramref name="follow"/> also those still to come.</summary>
    /// <param name="isOver">Asked at the end of the file: nothing more will be written.</param>
    public async IAsyncEnumerable<LogRecord> ReadAsync(bool follow, Func<bool> isOver, TimeProvider clock, [EnumeratorCancellation] CancellationToken ct)
    {
        while (!File.Exists(Path))
        {
            if (!follow || isOver())
                yield break;
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, ct);
        }

        using var tail = new LogTail(Path);
        while (true)
        {
            var over = isOver();
            while (await tail.NextAsync(ct) is { } record)
                yield return record;

            if (!follow || over)
                yield break;
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, ct);
        }
    }

    public static string Cut(string text) => text.Length <= LongestLine ? text : text[..LongestLine] + "…[cut]";
}

/// <summary>The one writer of a file.</summary>
internal sealed class LogWriter : IAsyncDisposable
{
    private readonly string _path;
    private readonly long _limit;
    private StreamWriter _writer;

    public LogWriter(string path, long limit)
    {
        (_path, _limit) = (path, limit);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        _writer = Open();
    }

    public required Func<CancellationToken, ValueTask<Redactor>> Redactor { get; init; }

    public async Task WriteAsync(LogRecord record, CancellationToken ct)
    {
        var text = (await Redactor(ct)).Apply(record.Text);
        await _writer.WriteLineAsync(LogJson.Line(record with { Text = LogFile.Cut(text) }).AsMemory(), ct);
        await _writer.FlushAsync(ct);
        if (_writer.BaseStream.Length > _limit)
            await KeepNewerHalfAsync(ct);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task KeepNewerHalfAsync(CancellationToken ct)
    {
        await _writer.DisposeAsync();
        var beside = _path + ".new";
        await using (var old = File.OpenRead(_path))
        await using (var half = File.Create(beside))
        {
            old.Seek(-_limit / 2, SeekOrigin.End);
            while (old.ReadByte() is not ('\n' or -1))
            {
            }

            await old.CopyToAsync(half, ct);
        }

        File.Move(beside, _path, overwrite: true);
        _writer = Open();
    }

    private StreamWriter Open()
    {
        var torn = EndsTorn();
        var writer = new StreamWriter(new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));

        // What a crash cut short must not swallow the line that comes next.
        if (torn)
            writer.WriteLine();
        return writer;
    }

    private bool EndsTorn()
    {
        if (!File.Exists(_path))
            return false;
        using var file = File.OpenRead(_path);
        if (file.Length is 0)
            return false;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() is not '\n';
    }
}
