using System.Globalization;
using Dapper;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Leases;
using Davit.Model;
using Davit.Store;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Garbage;

/// <summary>Runs a collection every night, and whenever a disk asks for one.</summary>
internal sealed partial class Collections(Collector collector, Database database, Leadership leadership, TimeProvider clock, ILogger<Collections> log) : LastingService(clock, log)
{
    private const string Setting = "garbage-collected-at";
    private const int Night = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Collecting more often frees nothing more.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(10);

    private volatile bool _wanted;
    private DateTimeOffset _lastWanted = DateTimeOffset.MinValue;
    private DateTime _settledFor;

    /// <summary>A disk is filling up.</summary>
    public void Want() => _wanted = true;

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (ProblemException e)
            {
                LogProblem(e.Problem.Code, e.Problem.Detail);
            }
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var now = Clock.GetUtcNow();
        if (_wanted && now - _lastWanted > Between)
        {
            (_wanted, _lastWanted) = (false, now);
            await CollectAsync("disk-watch", ct);
        }
        else if (leadership.Held is not null && now.Hour >= Night && _settledFor != now.UtcDateTime.Date)
        {
            if ((await LastNightAsync(now, ct)).UtcDateTime < now.UtcDateTime.Date)
                await CollectAsync("nightly", ct);
            _settledFor = now.UtcDateTime.Date;
        }
    }

    private async Task CollectAsync(string reason, CancellationToken ct)
    {
        if (await database.ReadAsync(db => OrgTable.AllAsync(db, ct), ct) is not [var home, ..])
            return;
        var (done, _) = await collector.RunAsync(new Cause(home, "davitd", reason, home.ToString()), ct);
        await database.ReadAsync(db => db.ExecuteAsync(new CommandDefinition("update settings set value = @now where name = @Setting",
            new { Setting, now = Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) }, cancellationToken: ct)), ct);
        var bytes = done.Gone.Sum(g => g.Bytes);
        LogDone(reason, done.Gone.Count, bytes, done.Left.Count);
    }

    /// <summary>A new installation has nothing to collect; its first night is the next one.</summary>
    private async Task<DateTimeOffset> LastNightAsync(DateTimeOffset now, CancellationToken ct)
    {
        var text = await database.ReadAsync(db => db.QuerySingleAsync<string>(new CommandDefinition(
            """
            insert into settings (name, value) values (@Setting, @now) on conflict (name) do update set value = settings.value returning value
            """, new { Setting, now = now.ToString("O", CultureInfo.InvariantCulture) }, cancellationToken: ct)), ct);
        return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }

    [LoggerMessage(EventId = 7103, Level = LogLevel.Information, Message = "collection ({Reason}): {Gone} things, {Bytes} bytes; {Left} stayed after all")]
    private partial void LogDone(string reason, int gone, long bytes, int left);

    [LoggerMessage(EventId = 7104, Level = LogLevel.Warning, Message = "garbage cannot be collected now: {Code} {Detail}")]
    private partial void LogProblem(string code, string detail);
}
