using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Davit.Edge.Control;
using Davit.Edge.Probing;
using Davit.Edge.Routing;
using Davit.Edge.Upgrading;
using Davit.Model;

namespace Davit.Edge.Switching;

/// <summary>
/// Takes switch requests: one at a time per environment, the newest lease first. A request goes on when its caller has
/// gone, and whoever repeats its id gets its answer.
/// </summary>
internal sealed class Switchboard(TableSwap swap, EnvironmentCheck check, Readiness readiness, Handover handover, TimeProvider clock) : IDisposable
{
    private const int Remembered = 1000;
    private static readonly TimeSpan FollowTime = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<SwitchOutcome>> _byId = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopped = new();

    public Task<SwitchOutcome> SwitchAsync(SwitchRequest request, CancellationToken ct) =>
        OnceAsync(request.Id, () => InLaneAsync(request.Environment.Environment, request.Fence, stop => ApplyAsync(request, stop)), ct);

    public Task<SwitchOutcome> RemoveAsync(string environment, string switchId, long fence, CancellationToken ct) =>
        OnceAsync(switchId, () => InLaneAsync(environment, fence, stop => WriteAsync(() => swap.Remove(environment, switchId), stop)), ct);

    /// <exception cref="ProblemException">DV5004, DV5007 or DV5012; nothing has changed.</exception>
    public async Task<EdgeTraffic> SetTrafficAsync(string environment, EdgeTraffic traffic, CancellationToken ct)
    {
        if (TrafficCheck.Faults(traffic).ToArray() is { Length: > 0 } faults)
            throw new ProblemException(EdgeProblems.BadTable(string.Join("; ", faults) + "."));

        await WriteAsync(() => swap.SetTraffic(environment, traffic), ct);
        return traffic;
    }

    /// <summary>Takes targets out at once whose instances ended; answers those that were known.</summary>
    public string[] Gone(string environment, string[] instances)
    {
        var gone = TableCompiler.Targets(swap.Table.Current)
            .Where(t => t.Key.Environment == environment && instances.Contains(t.Key.Instance, StringComparer.Ordinal))
            .ToArray();
        foreach (var target in gone)
            target.End();

        return [.. gone.Select(t => t.Key.Instance).Distinct(StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        _stopped.Cancel();
        foreach (var lane in _lanes.Values)
            lane.Dispose();
    }

    private Task<SwitchOutcome> OnceAsync(string id, Func<Task<SwitchOutcome>> run, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(id, out var running))
                return running.WaitAsync(ct);

            // Applied by an earlier run of this program, perhaps replaced since then.
            if (swap.Table.Current.Find(id) is { } applied)
                return Task.FromResult<SwitchOutcome>(applied);

            _order.Enqueue(id);
            if (_order.Count > Remembered)
                _byId.Remove(_order.Dequeue());

            return (_byId[id] = Task.Run(() => RunAsync(id, run), CancellationToken.None)).WaitAsync(ct);
        }
    }

    private async Task<SwitchOutcome> RunAsync(string id, Func<Task<SwitchOutcome>> run)
    {
        var isFinal = false;
        try
        {
            var outcome = await run();

            // Refused for a reason of this machine, not of the request: the next attempt may succeed.
            isFinal = outcome is not SwitchOutcome.Refused { Why: { Of.IsRetryable: true, Code: not "DV5003" } };
            return outcome;
        }
        finally
        {
            if (!isFinal)
            {
                lock (_lock)
                    _byId.Remove(id);
            }
        }
    }

    private async Task<SwitchOutcome> InLaneAsync(string environment, long fence, Func<CancellationToken, Task<SwitchOutcome>> run)
    {
        var lane = _lanes.GetOrAdd(environment, _ => new Lane());
        var seen = Math.Max(lane.Fence, swap.Table.Current.Slices.GetValueOrDefault(environment)?.Fence ?? 0);
        if (fence < seen || !lane.Raise(fence))
            return Refuse(EdgeProblems.StaleFence(environment, fence, Math.Max(seen, lane.Fence)));

        try
        {
            using var turn = await lane.TakeTurnAsync(fence, _stopped.Token);
            return turn is null
                ? Refuse(EdgeProblems.StaleFence(environment, fence, lane.Fence))
                : await run(turn.Overtaken);
        }
        catch (OperationCanceledException) when (lane.Fence > fence)
        {
            return Refuse(EdgeProblems.StaleFence(environment, fence, lane.Fence));
        }
        catch (ProblemException e)
        {
            return Refuse(e.Problem);
        }
    }

    private async Task<SwitchOutcome> ApplyAsync(SwitchRequest request, CancellationToken overtaken)
    {
        var (environment, fault) = check.Check(request.Environment, swap.Table.Current);
        if (fault is not null)
            return Refuse(fault);

        var fresh = swap.NewTargets(environment)
            .Select(t => (Target: new Target(TableCompiler.Key(environment.Environment, t.Service.Name, t.Target), t.Service.Release, clock), t.Service.Probe))
            .ToArray();
        var rings = await readiness.WaitAsync(fresh, request.Deadline, overtaken);
        foreach (var (target, _) in fresh)
            target.Dispose();

        if (rings.Any(r => !r.Ready))
            return new SwitchOutcome.Refused(EdgeProblems.NotReady(request.Deadline, Summary(rings)), rings);

        return await WriteAsync(() => swap.Apply(request, environment, rings), overtaken);
    }

    /// <summary>Connections that a process from before an upgrade still has are answered by the new table too before anybody is told of it.</summary>
    private async Task<SwitchOutcome> WriteAsync(Func<SwitchOutcome.Switched> write, CancellationToken overtaken)
    {
        SwitchOutcome.Switched outcome;
        using (await handover.WriteAsync(overtaken))
        {
            // The last probe was answered on a thread that serves sockets; writing the table to disk must not hold it up.
            await Task.Yield();
            overtaken.ThrowIfCancellationRequested();
            outcome = write();
        }

        await swap.Drainer.Predecessors.FollowedAsync(outcome.TableVersion, FollowTime, CancellationToken.None);
        return outcome;
    }

    private static SwitchOutcome.Refused Refuse(Problem why) => new(why, []);

    private static string Summary(ImmutableArray<TargetProbes> rings) => string.Join(", ", rings.Where(r => !r.Ready).Select(r => $"{r.Service} {r.Endpoint} {Words(r.Ring[^1])}"));

    private static string Words(ProbeAttempt last) => last.Result switch
    {
        ProbeResult.Ready => "answered once, but not often enough",
        ProbeResult.ConnectionRefused => "refused the connection",
        ProbeResult.Unreachable => "cannot be reached",
        ProbeResult.TimedOut => string.Create(CultureInfo.InvariantCulture, $"did not answer within {last.Latency.TotalSeconds:0.#} s"),
        ProbeResult.BrokenAnswer => "broke off its answer",
        ProbeResult.WrongStatus => $"answered {last.Status}",
        ProbeResult.Redirected => $"redirected ({last.Status}) to {last.RedirectTarget}",
        ProbeResult.WrongHost => $"answered {last.Status} because it does not know the host the probe names",
        ProbeResult.WrongBody => "answered without the expected text",
        ProbeResult.NotServing => $"says that it does not serve (gRPC status {last.Status})",
    };
}
