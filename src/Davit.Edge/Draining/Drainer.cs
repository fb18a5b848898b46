using System.Collections.Concurrent;
using System.Collections.Immutable;
using Davit.Edge.Routing;
using Davit.Edge.Upgrading;

namespace Davit.Edge.Draining;

/// <summary>
/// Lets replaced targets finish: WebSocket peers are told first, then each kind of work gets its time, and what is left
/// after it is cut and counted. A target is released only when nothing runs on it any more.
/// </summary>
internal sealed class Drainer(Predecessors predecessors, TimeProvider clock)
{
    private const int Remembered = 1000;
    private static readonly TimeSpan AfterCut = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, DrainRecord> _records = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = [];

    public Predecessors Predecessors => predecessors;

    public DrainRecord? Find(string id) => _records.GetValueOrDefault(id);

    /// <summary>Targets that still finish something.</summary>
    public IEnumerable<Target> Draining() => _records.Values.SelectMany(r => r.Targets);

    /// <summary>Counts targets among those that still finish something, before they leave the table: nobody may miss them in between.</summary>
    public DrainRecord Announce(string id, long tableVersion, ImmutableArray<Target> targets)
    {
        var record = new DrainRecord(id, tableVersion, targets, predecessors);
        _records[id] = record;
        _order.Enqueue(id);
        while (_order.Count > Remembered && _order.TryDequeue(out var oldest))
            _records.TryRemove(oldest, out _);

        return record;
    }

    public void Begin(DrainRecord record) => _ = RunAsync(record, record.Targets);

    /// <summary>Done when everything has drained that was begun.</summary>
    public Task StoppedAsync() => Task.WhenAll(_records.Values.Select(r => r.Done));

    private async Task RunAsync(DrainRecord record, ImmutableArray<Target> targets)
    {
        // No target of the switch may be claimed anew before any of them is waited for.
        foreach (var target in targets)
            target.BeginDrain(tellWebSockets: !target.Drain.WebSocketsWait);

        await Task.WhenAll(targets.Select(DrainAsync));
        await predecessors.ReleasedAsync(record.TableVersion, targets.Select(t => t.Key).ToHashSet());
        record.Finish(clock.GetUtcNow());
    }

    private async Task DrainAsync(Target target)
    {
        var spec = target.Drain;
        if (!spec.WebSocketsWait)
        {
            foreach (var flight in target.Flights.Keys)
                flight.TellGoingAway();
        }

        var began = clock.GetTimestamp();
        foreach (var (time, kinds) in new (TimeSpan Time, FlightKind[] Kinds)[]
            {
                (spec.WebSocketsWait ? spec.Streams : spec.WebSocketClose, [FlightKind.WebSocket]),
                (spec.Requests, [FlightKind.Request]),
                (spec.Streams, [FlightKind.Stream]),
                (Longest(spec), [FlightKind.WebSocket, FlightKind.Request, FlightKind.Stream]),
            }.OrderBy(d => d.Time))
        {
            if (await IsIdleAsync(target, time - clock.GetElapsedTime(began)))
                break;

            Cut(target, kinds);
        }

        await IsIdleAsync(target, AfterCut);
        target.Dispose();
    }

    private static TimeSpan Longest(Control.DrainSpec spec) =>
        new[] { spec.Requests, spec.Streams, spec.WebSocketClose }.Max() + TimeSpan.FromMilliseconds(100);

    private static void Cut(Target target, FlightKind[] kinds)
    {
        foreach (var flight in target.Flights.Keys)
        {
            if (kinds.Contains(flight.Kind) && flight.Cut())
                target.CountCut();
        }
    }

    private async Task<bool> IsIdleAsync(Target target, TimeSpan time)
    {
        if (target.Idle.IsCompleted)
            return true;

        try
        {
            await target.Idle.WaitAsync(time > TimeSpan.Zero ? time : TimeSpan.Zero, clock, CancellationToken.None);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
