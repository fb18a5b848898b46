using System.Collections.Concurrent;
using Davit.Edge.Control;
using Davit.Edge.Routing;

namespace Davit.Edge.Upgrading;

/// <summary>
/// What processes before this one still do. Their connections follow the table of this one, and what they have under way
/// counts as ours: nobody may stop an instance that one of them still talks to.
/// </summary>
internal sealed class Predecessors(RouteTable table, TimeProvider clock)
{
    /// <summary>A process that has been silent for longer is gone. They report ten times a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<int, (PredecessorReport Report, long At)> _reports = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Counts processes in before they have said anything.</summary>
    public void Expect(IEnumerable<int> processes)
    {
        foreach (var process in processes)
            _reports[process] = (new PredecessorReport(process, -1, 0, [], IsLast: false), clock.GetTimestamp());
    }

    /// <summary>Answers at the next swap, or after a moment.</summary>
    public async Task<TableMark> ReportAsync(PredecessorReport report, CancellationToken ct)
    {
        var swapped = table.Changed;
        if (report.IsLast)
            _reports.TryRemove(report.ProcessId, out _);
        else
            _reports[report.ProcessId] = (report, clock.GetTimestamp());

        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        if (!report.IsLast && table.Current.Version <= report.TableVersion)
            await Task.WhenAny(swapped, Task.Delay(Pause, clock, ct));

        return new TableMark(table.Current.Version);
    }

    public PredecessorReport[] Live()
    {
        foreach (var (process, (_, at)) in _reports)
        {
            if (clock.GetElapsedTime(at) > Patience)
                _reports.TryRemove(process, out _);
        }

        return [.. _reports.Values.Select(r => r.Report)];
    }

    /// <summary>Waits until each of them has said what it still does: before that, a target that they use looks as if nobody did.</summary>
    public Task HeardAsync(CancellationToken ct) => UntilAsync(() => HaveFollowed(0), Timeout.InfiniteTimeSpan, ct);

    public bool HaveFollowed(long version) => _reports.IsEmpty || Live().All(r => r.TableVersion >= version);

    public IEnumerable<TargetLoad> Loads() => _reports.IsEmpty ? [] : Live().SelectMany(r => r.Loads);

    public int InFlight(TargetKey key) => _reports.IsEmpty ? 0 : Loads().Where(l => Key(l) == key).Sum(l => l.InFlight);

    /// <summary>Waits until their next requests are answered by this table or a newer one.</summary>
    public Task FollowedAsync(long version, TimeSpan most, CancellationToken ct) => UntilAsync(() => HaveFollowed(version), most, ct);

    /// <summary>Waits until they have followed and run nothing on the targets any more; they keep to the drain's times themselves.</summary>
    public Task ReleasedAsync(long version, IReadOnlySet<TargetKey> targets) => UntilAsync(
        () => HaveFollowed(version) && !Loads().Any(l => targets.Contains(Key(l))), Timeout.InfiniteTimeSpan, CancellationToken.None);

    public static TargetKey Key(TargetLoad load) => new(load.Environment, load.Service, load.Instance, load.Address, load.Port, load.Http2);

    private async Task UntilAsync(Func<bool> wanted, TimeSpan most, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        while (Volatile.Read(ref _changed).Task is var changed && !wanted())
        {
            if (most != Timeout.InfiniteTimeSpan && clock.GetElapsedTime(began) >= most)
                return;

            // A process that dies says nothing more: look again without having been told.
            await Task.WhenAny(changed, Task.Delay(Pause, clock, ct));
            ct.ThrowIfCancellationRequested();
        }
    }
}
