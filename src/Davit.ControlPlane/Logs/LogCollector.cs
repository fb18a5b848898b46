using System.Collections.Concurrent;
using System.Text;
using Davit.ControlPlane.Disks;
using Davit.Drivers;
using Davit.Drivers.Logs;
using Davit.Model;

namespace Davit.ControlPlane.Logs;

/// <summary>
/// Follows every instance and keeps its lines. Goes on after the last kept line, so a restart of davitd or of the engine
/// leaves neither a gap nor a repeat. Reading never holds an app back: the engine has the lines already.
/// </summary>
internal sealed partial class LogCollector(IRuntimeDriver driver, LogStore store, DiskGuard disk, TimeProvider clock, ILogger<LogCollector> log) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);
    private CancellationTokenSource _stopping = new();

    /// <summary>Begins to follow an instance; one that is followed already stays so.</summary>
    public void Follow(EnvId env, InstanceId instance, string name)
    {
        if (_running.TryGetValue(name, out var task) && !task.IsCompleted)
            return;
        _running[name] = CollectAsync(store.OfInstance(env, instance), name, _stopping.Token);
    }

    /// <summary>Waits until everything an ended instance wrote is kept; after that it may be removed.</summary>
    public async Task FinishAsync(string name, TimeSpan atMost)
    {
        if (!_running.TryGetValue(name, out var task))
            return;
        try
        {
            await task.WaitAsync(atMost, clock, CancellationToken.None);
            _running.TryRemove(name, out _);
        }
        catch (TimeoutException)
        {
            LogUnfinished(name);
        }
    }

    /// <summary>Follows nothing any more: another davitd does from now on, and two that write one file would mix their lines.</summary>
    public async Task LetGoAsync()
    {
        using var former = Interlocked.Exchange(ref _stopping, new CancellationTokenSource());
        await former.CancelAsync();
        await Task.WhenAll(_running.Values);
        _running.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await LetGoAsync();
        _stopping.Dispose();
    }

    private async Task CollectAsync(LogFile file, string name, CancellationToken ct)
    {
        // Starting to follow must not hold up whoever asked for it.
        await Task.Yield();
        try
        {
            while (!await TryReadAsync(file, name, ct))
            {
                do
                    await Task.Delay(Pause, clock, ct);
                while (!disk.TakesLogs());
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (ProblemException e)
        {
            LogProblem(name, e.Problem.Code, e.Problem.Detail);
            await Task.Delay(Pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A file that cannot be written now, because the disk is full after all, can be later.</summary>
    private async Task<bool> TryReadAsync(LogFile file, string name, CancellationToken ct)
    {
        try
        {
            return await ReadAsync(file, name, ct);
        }
        catch (IOException e)
        {
            LogBroken(e, name);
            return false;
        }
    }

    /// <returns>Whether the instance has ended; false when the disk takes no more lines. The engine has them, so reading goes on where it stopped.</returns>
    private async Task<bool> ReadAsync(LogFile file, string name, CancellationToken ct)
    {
        var last = file.LastCursor() is { } cursor ? LogCursor.Parse(cursor) : (LogCursor?)null;
        await using var writer = file.Append();
        var begun = new StringBuilder();
        await foreach (var line in driver.LogsAsync(name, new LogQuery { After = last, Follow = true }, ct))
        {
            if (!disk.TakesLogs())
            {
                await writer.WriteAsync(Notice(line, last), ct);
                return false;
            }

            begun.Append(line.Text);
            if (line.IsPartial && begun.Length < LogFile.LongestLine)
                continue;
            await writer.WriteAsync(new(line.At, line.Cursor.ToString(), line.Channel is OutputChannel.Stderr ? "err" : "out", begun.ToString()), ct);
            last = line.Cursor;
            begun.Clear();
        }

        return true;
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
