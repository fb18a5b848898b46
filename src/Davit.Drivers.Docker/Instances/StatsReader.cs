using System.Runtime.CompilerServices;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Instances;
using Davit.Model;

namespace Davit.Drivers.Docker.Instances;

/// <summary>Samples of what a container uses.</summary>
internal sealed class StatsReader(EngineClient engine, InstanceReader instances)
{
    public async IAsyncEnumerable<InstanceStats> ReadAsync(string name, [EnumeratorCancellation] CancellationToken ct)
    {
        var found = await instances.GetOwnAsync(name, ct);
        if (!InstanceReader.StateOf(found.State).IsRunning)
            throw new ProblemException(DriverProblems.InstanceNotRunning(name, InstanceReader.StateOf(found.State).ToString()));

        await foreach (var sample in engine.StreamAsync(EngineCall.Get($"/containers/{found.Id}/stats", ("stream", "1")), EngineJson.Default.StatsReply, ct))
        {
            // The engine goes on sending empty samples after the end.
            if (sample.Read.Year <= 1 || sample.Memory is null or { Limit: 0 })
                yield break;
            yield return Translate(sample);
        }
    }

    /// <summary>
    /// Memory without the page cache that the kernel would give back, as the engine's own tools show it: cgroup v1 calls
    /// it total_inactive_file, v2 inactive_file.
    /// </summary>
    internal static InstanceStats Translate(StatsReply sample)
    {
        var memory = sample.Memory ?? new();
        var cache = memory.Details?.GetValueOrDefault("total_inactive_file", memory.Details.GetValueOrDefault("inactive_file")) ?? 0;
        return new(sample.Read, (long)(sample.Cpu?.Usage?.Total ?? 0), (long)(memory.Usage > cache ? memory.Usage - cache : memory.Usage), (long)Math.Min(memory.Limit, long.MaxValue))
        {
            NetworkReceivedBytes = (sample.Networks ?? []).Values.Sum(n => (long)n.Received),
            NetworkSentBytes = (sample.Networks ?? []).Values.Sum(n => (long)n.Sent),
            DiskReadBytes = Disk(sample, "read"),
            DiskWrittenBytes = Disk(sample, "write"),
            Pids = (long)(sample.Pids?.Current ?? 0),
        };
    }

    private static long Disk(StatsReply sample, string operation) => (sample.Blkio?.Bytes ?? [])
        .Where(e => e.Operation.Equals(operation, StringComparison.OrdinalIgnoreCase))
        .Sum(e => (long)e.Value);
}
