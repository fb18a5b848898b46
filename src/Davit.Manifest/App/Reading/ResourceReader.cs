using System.Collections.Immutable;

namespace Davit.Manifest.App.Reading;

/// <summary>Reads limits and reservations from wherever Compose allows them.</summary>
internal static class ResourceReader
{
    public static ResourceSpec Read(Reader r)
    {
        var limits = r.Child("deploy").Child("resources").Child("limits");
        var reserved = r.Child("deploy").Child("resources").Child("reservations");
        return new ResourceSpec
        {
            Cpus = r.Decimal("cpus") ?? limits.Decimal("cpus"),
            Memory = r.Long("mem_limit") ?? limits.Long("memory"),
            Pids = r.Long("pids_limit") ?? limits.Long("pids"),
            ReservedCpus = reserved.Decimal("cpus"),
            ReservedMemory = r.Long("mem_reservation") ?? reserved.Long("memory"),
            Devices = [.. reserved.Items("devices").Concat(r.Items("gpus")).Select(Device)],
            GenericResources = [.. reserved.Items("generic_resources").Select(g => g.Child("discrete_resource_spec")).Select(g => new GenericResourceSpec(g.Text("kind") ?? "", g.Long("value") ?? 0))],
            MemorySwap = r.Long("memswap_limit"),
            MemorySwappiness = r.Long("mem_swappiness"),
            CpuShares = r.Long("cpu_shares"),
            CpuPeriod = r.Long("cpu_period"),
            CpuQuota = r.Long("cpu_quota"),
            CpuRealtimePeriod = Microseconds(r.Long("cpu_rt_period")),
            CpuRealtimeRuntime = Microseconds(r.Long("cpu_rt_runtime")),
            CpuSet = r.Text("cpuset"),
            BlockIo = r.Has("blkio_config") ? BlockIo(r.Child("blkio_config")) : null,
        };
    }

    /// <summary>What <c>davit.yaml</c> says wins, value by value.</summary>
    public static ResourceSpec Override(ResourceSpec compose, Reader r) => compose with
    {
        Cpus = r.Decimal("cpus") ?? compose.Cpus,
        Memory = r.Size("memory") ?? compose.Memory,
        Pids = r.Long("pids") ?? compose.Pids,
        ReservedCpus = r.Child("reserve").Decimal("cpus") ?? compose.ReservedCpus,
        ReservedMemory = r.Child("reserve").Size("memory") ?? compose.ReservedMemory,
    };

    private static TimeSpan? Microseconds(long? value) => value is { } us ? TimeSpan.FromMicroseconds(Math.Clamp(us, 0, (long)TimeSpan.MicrosecondsPerDay)) : null;

    private static DeviceRequestSpec Device(Reader r) => new()
    {
        Capabilities = r.Set("capabilities"),
        Driver = r.Text("driver"),
        Count = r.Long("count"),
        DeviceIds = r.Set("device_ids"),
        Options = r.Pairs("options"),
    };

    private static BlockIoSpec BlockIo(Reader r) => new()
    {
        Weight = r.Int("weight"),
        WeightDevice = [.. r.Items("weight_device").Select(w => new WeightDeviceSpec(w.Text("Path") ?? "", w.Int("Weight") ?? 0))],
        ReadBytes = Throttles(r, "device_read_bps"),
        ReadOperations = Throttles(r, "device_read_iops"),
        WriteBytes = Throttles(r, "device_write_bps"),
        WriteOperations = Throttles(r, "device_write_iops"),
    };

    private static ImmutableArray<ThrottleDeviceSpec> Throttles(Reader r, string key) =>
        [.. r.Items(key).Select(t => new ThrottleDeviceSpec(t.Text("Path") ?? "", t.Long("Rate") ?? 0))];
}
