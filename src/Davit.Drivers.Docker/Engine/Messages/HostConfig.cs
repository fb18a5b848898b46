namespace Davit.Drivers.Docker.Engine.Messages;

/// <summary>What of a container depends on its host. Property names are the engine's.</summary>
internal sealed record HostConfig
{
    public SortedDictionary<string, IReadOnlyList<PortBinding>>? PortBindings { get; init; }

    public string? NetworkMode { get; init; }

    public RestartSetting? RestartPolicy { get; init; }

    public IReadOnlyList<MountSetting>? Mounts { get; init; }

    public IReadOnlyList<string>? Binds { get; init; }

    public SortedDictionary<string, string>? Tmpfs { get; init; }

    public LogSetting? LogConfig { get; init; }

    public SortedDictionary<string, string>? Annotations { get; init; }

    public bool? Init { get; init; }

    public bool? Privileged { get; init; }

    public bool? ReadonlyRootfs { get; init; }

    public IReadOnlyList<string>? CapAdd { get; init; }

    public IReadOnlyList<string>? CapDrop { get; init; }

    public IReadOnlyList<string>? GroupAdd { get; init; }

    public IReadOnlyList<string>? SecurityOpt { get; init; }

    public IReadOnlyList<DeviceSetting>? Devices { get; init; }

    public IReadOnlyList<string>? DeviceCgroupRules { get; init; }

    public IReadOnlyList<DeviceRequestSetting>? DeviceRequests { get; init; }

    public SortedDictionary<string, string>? Sysctls { get; init; }

    public SortedDictionary<string, string>? StorageOpt { get; init; }

    public IReadOnlyList<string>? Dns { get; init; }

    public IReadOnlyList<string>? DnsOptions { get; init; }

    public IReadOnlyList<string>? DnsSearch { get; init; }

    public IReadOnlyList<string>? ExtraHosts { get; init; }

    public string? IpcMode { get; init; }

    public string? PidMode { get; init; }

    public string? UTSMode { get; init; }

    public string? UsernsMode { get; init; }

    public string? CgroupnsMode { get; init; }

    public string? CgroupParent { get; init; }

    public string? Runtime { get; init; }

    public long? ShmSize { get; init; }

    public long? Memory { get; init; }

    public long? MemoryReservation { get; init; }

    public long? MemorySwap { get; init; }

    public int? MemorySwappiness { get; init; }

    public long? NanoCpus { get; init; }

    public long? CpuShares { get; init; }

    public long? CpuPeriod { get; init; }

    public long? CpuQuota { get; init; }

    public long? CpuRealtimePeriod { get; init; }

    public long? CpuRealtimeRuntime { get; init; }

    public string? CpusetCpus { get; init; }

    public long? PidsLimit { get; init; }

    public bool? OomKillDisable { get; init; }

    public int? OomScoreAdj { get; init; }

    public IReadOnlyList<UlimitSetting>? Ulimits { get; init; }

    public int? BlkioWeight { get; init; }

    public IReadOnlyList<WeightDevice>? BlkioWeightDevice { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceReadBps { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceReadIOps { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceWriteBps { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceWriteIOps { get; init; }
}

internal sealed record PortBinding
{
    public string? HostIp { get; init; }

    public string? HostPort { get; init; }
}

internal sealed record RestartSetting(string Name, int MaximumRetryCount);

internal sealed record LogSetting(string Type, SortedDictionary<string, string> Config);

internal sealed record UlimitSetting(string Name, long Soft, long Hard);

internal sealed record WeightDevice(string Path, long Weight);

internal sealed record ThrottleDevice(string Path, long Rate);

internal sealed record DeviceSetting(string PathOnHost, string PathInContainer, string CgroupPermissions);

internal sealed record DeviceRequestSetting
{
    public string? Driver { get; init; }

    public int Count { get; init; }

    public IReadOnlyList<string>? DeviceIDs { get; init; }

    public IReadOnlyList<IReadOnlyList<string>>? Capabilities { get; init; }

    public SortedDictionary<string, string>? Options { get; init; }
}

internal sealed record MountSetting(string Type, string Target)
{
    public string? Source { get; init; }

    public bool? ReadOnly { get; init; }

    public BindSetting? BindOptions { get; init; }

    public VolumeSetting? VolumeOptions { get; init; }

    public TmpfsSetting? TmpfsOptions { get; init; }
}

internal sealed record BindSetting
{
    public string? Propagation { get; init; }

    public bool? CreateMountpoint { get; init; }

    public bool? NonRecursive { get; init; }

    public bool? ReadOnlyNonRecursive { get; init; }

    public bool? ReadOnlyForceRecursive { get; init; }
}

internal sealed record VolumeSetting
{
    public bool? NoCopy { get; init; }

    public string? Subpath { get; init; }
}

internal sealed record TmpfsSetting
{
    public long? SizeBytes { get; init; }

    public int? Mode { get; init; }
}
