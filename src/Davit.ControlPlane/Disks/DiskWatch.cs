using System.Text.Json.Nodes;
using Davit.ControlPlane.Garbage;
using Davit.ControlPlane.Hosting;
using Davit.Drivers;
using Davit.Model;
using Davit.Store;
using Davit.Store.Events;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Disks;

/// <summary>Looks at the disks every few seconds: tells when a level is passed, keeps the reserve, and has garbage collected.</summary>
internal sealed partial class DiskWatch(DiskGuard guard, DiskReserve reserve, DiskGauge gauge, IRuntimeDriver driver, DiskReactions reactions) : LastingService(reactions.Clock, reactions.Log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private DiskLevel _told = DiskLevel.Calm;

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, reactions.Clock);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is ProblemException or IOException or UnauthorizedAccessException)
            {
                LogBlind(reactions.Log, e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken ct)
    {
        if (gauge.RuntimeRoot is "")
            gauge.RuntimeRoot = await RootAsync(ct);
        var state = guard.Look();
        reserve.Follow(state);
        if (state.Level != _told)
        {
            LogLevelPassed(reactions.Log, state.Fullest.Path, state.Fullest.Percent, state.Level);
            await reactions.TellAsync(state, ct);
            _told = state.Level;
        }

        if (state.Level >= DiskLevel.Collect)
            reactions.Collections.Want();
    }

    private async Task<string> RootAsync(CancellationToken ct)
    {
        try
        {
            return (await driver.DescribeAsync(ct)).DataRoot;
        }
        catch (ProblemException)
        {
            return "";
        }
    }

    [LoggerMessage(EventId = 7001, Level = LogLevel.Warning, Message = "the disk of {Path} is {Percent} % full: {Level}")]
    private static partial void LogLevelPassed(ILogger log, string path, int percent, DiskLevel level);

    [LoggerMessage(EventId = 7002, Level = LogLevel.Warning, Message = "the disks cannot be looked at now: {Why}")]
    private static partial void LogBlind(ILogger log, string why);
}

/// <summary>What follows from a look at the disks.</summary>
internal sealed class DiskReactions(Database database, Collections collections, TimeProvider clock, ILogger<DiskWatch> log)
{
    public Collections Collections => collections;

    public TimeProvider Clock => clock;

    public ILogger Log => log;

    /// <summary>A disk belongs to everybody, so every org's events tell of it.</summary>
    public async Task TellAsync(DiskState state, CancellationToken ct)
    {
        foreach (var org in await database.ReadAsync(db => OrgTable.AllAsync(db, ct), ct))
            await database.WriteAsync(new Cause(org, "davitd", "disk-watch", org.ToString()), w =>
            {
                w.Record(new EventDraft("disk.level-passed", [org.ToString()], new JsonObject
                {
                    ["level"] = state.Level switch
                    {
                        DiskLevel.Calm => "calm", DiskLevel.Warn => "warn", DiskLevel.Collect => "collect", DiskLevel.RefuseWork => "refuse-work", DiskLevel.RefuseLogs => "refuse-logs",
                    },
                    ["percent"] = state.Fullest.Percent,
                }));
                return Task.CompletedTask;
            }, ct);
    }
}
