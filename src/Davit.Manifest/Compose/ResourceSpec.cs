using System.Collections.Immutable;

namespace Davit.Manifest;

/// <summary>
/// What an instance may use, wherever it was written: <c>deploy.resources</c>, <c>resources</c> of <c>davit.yaml</c> or
/// Compose's short keys. Memory is in bytes; <see langword="null"/> sets no limit.
/// </summary>
public sealed record ResourceSpec
{
    public static ResourceSpec Empty { get; } = new();

    public decimal? Cpus { get; init; }

    public long? Memory { get; init; }

    public long? Pids { get; init; }

    public decimal? ReservedCpus { get; init; }

    public long? ReservedMemory { get; init; }

    public ImmutableArray<DeviceRequestSpec> Devices { get; init; } = [];

    public ImmutableArray<GenericResourceSpec> GenericResources { get; init; } = [];

    /// <summary>Memory and swap together, as the engine counts; -1 is unlimited.</summary>
    public long? MemorySwap { get; init; }

    public long? MemorySwappiness { get; init; }

    public long? CpuShares { get; init; }

    public long? CpuPeriod { get; init; }

    public long? CpuQuota { get; init; }

    public TimeSpan? CpuRealtimePeriod { get; init; }

    public TimeSpan? CpuRealtimeRuntime { get; init; }

    public string? CpuSet { get; init; }

    public BlockIoSpec? BlockIo { get; init; }
}

public sealed record DeviceRequestSpec
{
    public ImmutableArray<string> Capabilities { get; init; } = [];

    public string? Driver { get; init; }

    /// <summary>-1 asks for all.</summary>
    public long? Count { get; init; }

    public ImmutableArray<string> DeviceIds { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Options { get; init; } = Maps.None;
}

public sealed record GenericResourceSpec(string Kind, long Value);

public sealed record BlockIoSpec
{
    public int? Weight { get; init; }

    public ImmutableArray<WeightDeviceSpec> WeightDevice { get; init; } = [];

    public ImmutableArray<ThrottleDeviceSpec> ReadBytes { get; init; } = [];

    public ImmutableArray<ThrottleDeviceSpec> ReadOperations { get; init; } = [];

    public ImmutableArray<ThrottleDeviceSpec> WriteBytes { get; init; } = [];

    public ImmutableArray<ThrottleDeviceSpec> WriteOperations { get; init; } = [];
}

public sealed record WeightDeviceSpec(string Path, int Weight);

public sealed record ThrottleDeviceSpec(string Path, long Rate);
