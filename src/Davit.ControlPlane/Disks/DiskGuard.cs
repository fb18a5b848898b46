using Davit.Model;

namespace Davit.ControlPlane.Disks;

/// <summary>What the fullest disk asks for. Each level includes those before it.</summary>
internal enum DiskLevel
{
    Calm,
    Warn,
    Collect,
    RefuseWork,
    RefuseLogs,
}

/// <summary>The fullest disk now.</summary>
internal sealed record DiskState(DiskFigures Fullest, DiskLevel Level);

/// <summary>Keeps a full disk from stopping what runs: what would fill it further is refused in time, the dearest last.</summary>
internal sealed class DiskGuard(IDiskGauge gauge, TimeProvider clock)
{
    public const int WarnAt = 80;
    public const int CollectAt = 85;
    public const int RefuseWorkAt = 92;
    public const int RefuseLogsAt = 97;

    /// <summary>Logs are taken in again a little below, or the first line would refuse the second.</summary>
    private const int TakeLogsBelow = 95;

    /// <summary>Lines come by the thousand; a disk does not fill up as fast.</summary>
    private static readonly TimeSpan LogsAskEvery = TimeSpan.FromSeconds(1);

    private volatile bool _refusesLogs;
    private long _askedAt;

    public DiskState Look()
    {
        var fullest = gauge.Read().MaxBy(f => f.Percent)!;
        return new(fullest, fullest.Percent switch
        {
            >= RefuseLogsAt => DiskLevel.RefuseLogs,
            >= RefuseWorkAt => DiskLevel.RefuseWork,
            >= CollectAt => DiskLevel.Collect,
            >= WarnAt => DiskLevel.Warn,
            _ => DiskLevel.Calm,
        });
    }

    /// <exception cref="ProblemException">DV3016: builds, pulls and uploads have to wait until there is room.</exception>
    public void Admit(string what)
    {
        if (Look() is { Level: >= DiskLevel.RefuseWork } state)
            throw new ProblemException(DriverProblems.DiskNearlyFull(what, state.Fullest.Path, state.Fullest.Percent));
    }

    public bool TakesLogs()
    {
        var (asked, now) = (Interlocked.Read(ref _askedAt), clock.GetTimestamp());
        if (asked is not 0 && clock.GetElapsedTime(asked, now) < LogsAskEvery)
            return !_refusesLogs;

        Interlocked.Exchange(ref _askedAt, now);
        var percent = Look().Fullest.Percent;
        _refusesLogs = percent >= RefuseLogsAt || (_refusesLogs && percent >= TakeLogsBelow);
        return !_refusesLogs;
    }
}
