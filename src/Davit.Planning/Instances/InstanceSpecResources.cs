namespace Davit.Planning.Instances;

/// <summary>What the instance may use. Bytes and whole numbers only, so that equal limits are equal text.</summary>
public sealed record ResourceSpec
{
    public long? MemoryBytes { get; init; }

    public long? MemoryReservationBytes { get; init; }

    /// <summary>Memory plus swap; -1 is unlimited swap.</summary>
    public long? MemorySwapBytes { get; init; }

    public int? MemorySwappiness { get; init; }

    /// <summary>Thousand-millionths of a CPU: 500000000 is half a CPU.</summary>
    public long? NanoCpus { get; init; }

    public long? CpuShares { get; init; }

    public long? CpuPeriodMicroseconds { get; init; }

    public long? CpuQuotaMicroseconds { get; init; }

    public long? CpuRealtimePeriodMicroseconds { get; init; }

    public long? CpuRealtimeRuntimeMicroseconds { get; init; }

    /// <summary>Such as <c>0-1,3</c>.</summary>
    public string? CpuSet { get; init; }

    public long? PidsLimit { get; init; }

    public long? ShmBytes { get; init; }

    public EquatableList<Ulimit> Ulimits { get; init; }

    public bool? OomKillDisable { get; init; }

    public int? OomScoreAdjust { get; init; }

    public BlockIoSpec? BlockIo { get; init; }

    public EquatableMap StorageOptions { get; init; }

    public EquatableList<DeviceRequest> DeviceRequests { get; init; }
}

public sealed record Ulimit(string Name, long Soft, long Hard);

/// <summary>Block device weights and throttles. The path of a device is the host's.</summary>
public sealed record BlockIoSpec
{
    public int? Weight { get; init; }

    public EquatableList<DeviceRate> DeviceWeights { get; init; }

    public EquatableList<DeviceRate> ReadBytesPerSecond { get; init; }

    public EquatableList<DeviceRate> ReadOperationsPerSecond { get; init; }

    public EquatableList<DeviceRate> WriteBytesPerSecond { get; init; }

    public EquatableList<DeviceRate> WriteOperationsPerSecond { get; init; }
}

public sealed record DeviceRate(string Path, long Rate);

/// <summary>GPUs and similar devices by capability. A count of -1 is all of them; it is 0 when ids are given.</summary>
public sealed record DeviceRequest(string? Driver, int Count, EquatableList<string> DeviceIds, EquatableList<EquatableList<string>> Capabilities)
{
    public EquatableMap Options { get; init; }
}
