using System.Globalization;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Instances;

/// <summary>The part of the body that depends on the host: limits, isolation, mounts, ports.</summary>
internal static class HostBody
{
    public static HostConfig Of(InstanceSpec spec, CreateContext context) =>
        Limits(spec.Resources, Isolation(spec.Isolation, Connectivity(spec.Connectivity, new()))) with
        {
            RestartPolicy = new(RestartName(spec.Restart.Kind), spec.Restart.Kind is RestartKind.OnFailure ? spec.Restart.MaximumRetries : 0),
            Mounts = Lists.OrNull([.. MountBody.Of(spec.Mounts, context.Api), .. context.Delivered.Select(MountBody.Of)]),
            Binds = Lists.OrNull(MountBody.Binds(spec.Mounts, context.Api)),
            Tmpfs = MountBody.Tmpfs(spec.Mounts),
            LogConfig = spec.Log is { } log ? new(log.Driver, Lists.OrNull(log.Options) ?? new(StringComparer.Ordinal)) : context.Log,
            Annotations = context.Api >= new ApiVersion(1, 43) ? Lists.OrNull(spec.Annotations) : null,
            Init = spec.Process.Init,
            GroupAdd = Lists.OrNull(spec.Process.GroupAdd),
        };

    private static HostConfig Connectivity(ConnectivitySpec connectivity, HostConfig host) => host with
    {
        NetworkMode = connectivity.Mode ?? (connectivity.Networks.IsEmpty ? "none" : connectivity.Networks[0].Network),
        PortBindings = Ports(connectivity.Ports),
        Dns = Lists.OrNull(connectivity.Dns),
        DnsOptions = Lists.OrNull(connectivity.DnsOptions),
        DnsSearch = Lists.OrNull(connectivity.DnsSearch),
        ExtraHosts = Lists.OrNull(connectivity.ExtraHosts),
    };

    private static HostConfig Isolation(IsolationSpec isolation, HostConfig host) => host with
    {
        Privileged = isolation.Privileged ? true : null,
        ReadonlyRootfs = isolation.ReadOnlyRoot ? true : null,
        CapAdd = Lists.OrNull(isolation.CapAdd),
        CapDrop = Lists.OrNull(isolation.CapDrop),
        SecurityOpt = Lists.OrNull(isolation.SecurityOptions),
        Sysctls = Lists.OrNull(isolation.Sysctls),
        Devices = Lists.OrNull([.. isolation.Devices.Items.Select(d => new DeviceSetting(d.HostPath, d.ContainerPath, d.Permissions))]),
        DeviceCgroupRules = Lists.OrNull(isolation.DeviceCgroupRules),
        IpcMode = isolation.Ipc,
        PidMode = isolation.Pid,
        UTSMode = isolation.Uts,
        UsernsMode = isolation.UserNamespace,
        CgroupnsMode = isolation.CgroupNamespace,
        CgroupParent = isolation.CgroupParent,
        Runtime = isolation.Runtime,
    };

    private static HostConfig Limits(ResourceSpec limits, HostConfig host) => BlockIo(limits.BlockIo, host) with
    {
        Memory = limits.MemoryBytes,
        MemoryReservation = limits.MemoryReservationBytes,
        MemorySwap = limits.MemorySwapBytes,
        MemorySwappiness = limits.MemorySwappiness,
        NanoCpus = limits.NanoCpus,
        CpuShares = limits.CpuShares,
        CpuPeriod = limits.CpuPeriodMicroseconds,
        CpuQuota = limits.CpuQuotaMicroseconds,
        CpuRealtimePeriod = limits.CpuRealtimePeriodMicroseconds,
        CpuRealtimeRuntime = limits.CpuRealtimeRuntimeMicroseconds,
        CpusetCpus = limits.CpuSet,
        PidsLimit = limits.PidsLimit,
        ShmSize = limits.ShmBytes,
        Ulimits = Lists.OrNull([.. limits.Ulimits.Items.Select(u => new UlimitSetting(u.Name, u.Soft, u.Hard))]),
        OomKillDisable = limits.OomKillDisable,
        OomScoreAdj = limits.OomScoreAdjust,
        StorageOpt = Lists.OrNull(limits.StorageOptions),
        DeviceRequests = Lists.OrNull([.. limits.DeviceRequests.Items.Select(Device)]),
    };

    private static HostConfig BlockIo(BlockIoSpec? io, HostConfig host) => io is null ? host : host with
    {
        BlkioWeight = io.Weight,
        BlkioWeightDevice = Lists.OrNull([.. io.DeviceWeights.Items.Select(d => new WeightDevice(d.Path, d.Rate))]),
        BlkioDeviceReadBps = Rates(io.ReadBytesPerSecond),
        BlkioDeviceReadIOps = Rates(io.ReadOperationsPerSecond),
        BlkioDeviceWriteBps = Rates(io.WriteBytesPerSecond),
        BlkioDeviceWriteIOps = Rates(io.WriteOperationsPerSecond),
    };

    private static IReadOnlyList<ThrottleDevice>? Rates(EquatableList<DeviceRate> rates) => Lists.OrNull([.. rates.Items.Select(d => new ThrottleDevice(d.Path, d.Rate))]);

    private static DeviceRequestSetting Device(DeviceRequest request) => new()
    {
        Driver = request.Driver,
        Count = request.Count,
        DeviceIDs = Lists.OrNull(request.DeviceIds),
        Capabilities = Lists.OrNull([.. request.Capabilities.Items.Select(c => (IReadOnlyList<string>)c.Items)]),
        Options = Lists.OrNull(request.Options),
    };

    private static SortedDictionary<string, IReadOnlyList<PortBinding>>? Ports(EquatableList<PublishedPort> ports) => ports.IsEmpty ? null : new(
        ports.Items.GroupBy(CreateBody.PortKey, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            g => (IReadOnlyList<PortBinding>)[.. g.Select(p => new PortBinding { HostIp = p.HostAddress ?? "", HostPort = HostPort(p) })],
            StringComparer.Ordinal),
        StringComparer.Ordinal);

    private static string HostPort(PublishedPort port) => port.LastHostPort is { } last
        ? string.Create(CultureInfo.InvariantCulture, $"{port.HostPort}-{last}")
        : port.HostPort.ToString(CultureInfo.InvariantCulture);

    private static string RestartName(RestartKind kind) => kind switch
    {
        RestartKind.No => "no",
        RestartKind.Always => "always",
        RestartKind.OnFailure => "on-failure",
        RestartKind.UnlessStopped => "unless-stopped",
    };
}
