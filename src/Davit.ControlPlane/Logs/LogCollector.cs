using System.Text;
using Davit.ControlPlane.Disks;
using Davit.Drivers;
using Davit.Drivers.Logs;
using Davit.Model;
using Davit.Store;
using Davit.Store.Ledger;

namespace Davit.ControlPlane.Logs;

/// <summary>
/// Keeps the lines of instances. Goes on after the last kept line, so a restart of davitd or of the engine leaves neither a
/// gap nor a repeat. Reading never holds an app back: the engine has the lines already.
/// </summary>
internal sealed partial class LogCollector(IRuntimeDriver driver, LogStore store, Database database, DiskGuard disk, TimeProvider clock, ILogger<LogCollector> log)
{
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(15);
    private const int MostHeldBack = 8 * 1024;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Follows an instance until it has been removed. Whoever ends may be started again, by us or by the engine, so it is looked at again.</summary>
    public async Task FollowAsync(EnvId env, InstanceId instance, string name, CancellationToken ct)
    {
        var (file, pause) = (store.OfInstance(env, instance), ShortPause);
        do
        {
            var before = file.LastCursor();
            await TryReadAsync(file, name, ct);
            pause = file.LastCursor() != before ? ShortPause : pause + pause < LongPause ? pause + pause : LongPause;
            await Task.Delay(pause, clock, ct);
        }
        while (await database.ReadAsync(db => InstanceLedger.FindAsync(db, env, instance.ToString(), ct), ct) is { RemovedAt: null });
    }

    /// <summary>Waits until everything the runtime has of an ended instance is kept, whoever follows it; after that it may be removed.</summary>
    public async Task KeptAsync(EnvId env, InstanceId instance, string name, TimeSpan atMost, CancellationToken ct)
    {
        var file = store.OfInstance(env, instance);
        var deadline = clock.GetUtcNow() + atMost;
        while (disk.TakesLogs() && await LastOfAsync(name, ct) is { } last && (file.LastCursor() is not { } kept || LogCursor.Parse(kept) < last))
        {
            if (clock.GetUtcNow() > deadline)
            {
                LogUnfinished(name);
                return;
            }

            await Task.Delay(Look, clock, ct);
        }
    }

    private async Task<LogCursor?> LastOfAsync(string name, CancellationToken ct)
    {
        LogCursor? last = null;
        try
        {
            await foreach (var line in driver.LogsAsync(name, new LogQuery { Tail = 1 }, ct))
                last = line.Cursor;
        }
        catch (ProblemException)
        {
            // What cannot be read cannot be waited for.
        }

        return last;
    }

    /// <summary>What cannot be read or written now can be later: the instance is not made yet, or the disk is full.</summary>
    private async Task TryReadAsync(LogFile file, string name, CancellationToken ct)
    {
        try
        {
            if (disk.TakesLogs())
                await ReadAsync(file, name, ct);
        }
        catch (ProblemException e)
        {
            LogProblem(name, e.Problem.Code, e.Problem.Detail);
        }
        catch (IOException e)
        {
            LogBroken(e, name);
        }
    }

    /// <summary>Until the instance ends or the disk takes no more lines. The engine has them, so reading goes on where it stopped.</summary>
    private async Task ReadAsync(LogFile file, string name, CancellationToken ct)
    {
        var last = file.LastCursor() is { } cursor ? LogCursor.Parse(cursor) : (LogCursor?)null;
        await using var writer = file.Append();
        var begun = new StringBuilder();
        LogLine? open = null;
        await foreach (var line in driver.LogsAsync(name, new LogQuery { After = last, Follow = true }, ct))
        {
            if (!disk.TakesLogs())
            {
                await writer.WriteAsync(Notice(line, last), ct);
                return;
            }

            begun.Append(line.Text);
            open = line;
            if (line.IsPartial && begun.Length < LogFile.LongestLine)
                continue;
            var rest = line.IsPartial ? await HeldBackAsync(writer, begun, ct) : "";
            await KeepAsync(writer, line, begun, ct);
            begun.Append(rest);
            (last, open) = (line.Cursor, rest is "" ? null : line);
        }

        // The last words of one that ended without ending its line.
        if (open is not null)
            await KeepAsync(writer, open, begun, ct);
    }

    /// <summary>Where a line that goes on is cut, its end stays with what follows, so that no secret is cut in two and missed.</summary>
    private static async Task<string> HeldBackAsync(LogWriter writer, StringBuilder begun, CancellationToken ct)
    {
        var text = begun.ToString();
        var redactor = await writer.Redactor(ct);
        var cut = redactor.CutBefore(text, text.Length - Math.Min(redactor.Longest, MostHeldBack));
        begun.Length = cut;
        return text[cut..];
    }

    private static async Task KeepAsync(LogWriter writer, LogLine line, StringBuilder text, CancellationToken ct)
    {
        await writer.WriteAsync(new(line.At, line.Cursor.ToString(), line.Channel is OutputChannel.Stderr ? "err" : "out", text.ToString()), ct);
        text.Clear();
    }

    /// <summary>Placed right before the first line that is not taken, so that reading goes on with it.</summary>
    private LogRecord Notice(LogLine refused, LogCursor? last)
    {
        var before = new LogCursor(refused.Cursor.UnixNanoseconds - 1, 0);
        return new(clock.GetUtcNow(), (last is { } written && written >= before ? written : before).ToString(), LogRecord.Notice,
            "davit: the disk is nearly full, so no more lines are kept until there is room: davit gc");
    }

    [LoggerMessage(EventId = 6001, Level = LogLevel.Debug, Message = "the output of {Name} cannot be followed now: {Code} {Detail}")]
    private partial void LogProblem(string name, string code, string detail);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Warning, Message = "the output of {Name} cannot be kept now")]
    private partial void LogBroken(Exception e, string name);

    [LoggerMessage(EventId = 6003, Level = LogLevel.Warning, Message = "{Name} ended, but its output was not read to the end in time")]
    private partial void LogUnfinished(string name);
}
