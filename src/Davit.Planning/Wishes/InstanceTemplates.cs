using System.Globalization;
using Davit.Manifest;
using Davit.Planning.Instances;
using Limits = Davit.Planning.Instances.ResourceSpec;
using Mount = Davit.Planning.Instances.MountSpec;

namespace Davit.Planning.Wishes;

/// <summary>Turns a service of the manifest into what each of its instances is made from.</summary>
internal static class InstanceTemplates
{
    public static InstanceSpec Of(AppManifest app, ServiceSpec service, ReleaseContents contents, WishContext context)
    {
        var released = contents.Find(service.Name)!;
        return new InstanceSpec("", context.Owner with { Service = service.Name }, released.Image)
        {
            Platform = service.Platform,
            Process = Process(service),
            Mounts = [.. service.Volumes.Select(m => MountOf(app, m, contents, context)), .. service.Tmpfs.Select(Tmpfs)],
            Files = [.. FileTemplates.Of(app, service, contents, context)],
            Connectivity = Connectivity(app, service, context),
            Resources = Resources(service),
            Isolation = Isolation(service),
            Restart = Restart(service),
            Health = Health(service),
            Labels = Labels(service, context),
            Annotations = EquatableMap.From(service.Annotations),
        };
    }

    private static ProcessSpec Process(ServiceSpec service) => new()
    {
        Entrypoint = service.Entrypoint is { } entrypoint ? [.. entrypoint] : null,
        Command = service.Command is { } command ? [.. command] : null,
        Environment = EquatableMap.From(service.Environment.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Key, v.Value!))),
        User = service.Runtime.User,
        GroupAdd = [.. service.Runtime.GroupAdd],
        WorkingDirectory = service.Runtime.WorkingDirectory,
        Tty = service.Runtime.Tty,
        StdinOpen = service.Runtime.StdinOpen,
        Init = service.Runtime.Init,
        StopSignal = service.StopSignal,
        StopGrace = service.StopGracePeriod ?? TimeSpan.FromSeconds(10),
    };

    private static Mount MountOf(AppManifest app, Manifest.MountSpec mount, ReleaseContents contents, WishContext context) => mount.Source switch
    {
        MountSource.Named { Volume: null } => new Mount.Volume(null, mount.Target) { ReadOnly = mount.ReadOnly },
        MountSource.Named n => new Mount.Volume(VolumeName(app, n.Volume!, context), mount.Target)
        {
            ReadOnly = mount.ReadOnly, NoCopy = n.NoCopy, Subpath = n.Subpath,
        },
        MountSource.Content c => new Mount.Bind(Path.Combine(context.ContentRoot, Tree(contents, c.Path)), mount.Target) { ReadOnly = true },
        MountSource.Host h => new Mount.Bind(h.Path, mount.Target) { ReadOnly = mount.ReadOnly, Propagation = h.Propagation, CreateHostPath = h.CreateHostPath },
        MountSource.Memory m => new Mount.Tmpfs(mount.Target) { SizeBytes = m.Size, Mode = m.Mode },
        MountSource.Image i => throw new NotSupportedException($"image mounts are refused while loading ({i.Reference})"),
    };

    public static string VolumeName(AppManifest app, string key, WishContext context) =>
        app.Volumes.TryGetValue(key, out var volume) && volume.IsExternal ? volume.Name : context.ObjectName(key);

    private static string Tree(ReleaseContents contents, string path) => contents.Trees[path]?["sha256:".Length..] ?? "";

    /// <summary>Compose's short form: the path, then the mount options the kernel knows.</summary>
    private static Mount.Tmpfs Tmpfs(string text) => text.Split(':', 2) is [var path, var options]
        ? new Mount.Tmpfs(path) { Options = [.. options.Split(',', StringSplitOptions.RemoveEmptyEntries)] }
        : new Mount.Tmpfs(text);

    private static ConnectivitySpec Connectivity(AppManifest app, ServiceSpec service, WishContext context) => new()
    {
        Hostname = service.Runtime.Hostname,
        DomainName = service.Runtime.DomainName,
        Mode = service.Runtime.NetworkMode is "none" or "host" ? service.Runtime.NetworkMode : null,
        Networks = [.. service.Networks.Select(n => Attachment(app, service, n.Key, n.Value, context))],
        Ports = [.. service.Ports.Where(p => p.Protocol is not "tcp").Select(HostPort)],
        Expose = [.. service.Expose.Select(e => e.Contains('/', StringComparison.Ordinal) ? e : e + "/tcp")],
        Dns = [.. service.Runtime.Dns],
        DnsOptions = [.. service.Runtime.DnsOptions],
        DnsSearch = [.. service.Runtime.DnsSearch],
        ExtraHosts = [.. service.Runtime.ExtraHosts.Select(h => $"{h.Host}:{h.Address}")],
        MacAddress = service.Runtime.MacAddress,
    };

    private static NetworkAttachment Attachment(AppManifest app, ServiceSpec service, string key, ServiceNetworkSpec network, WishContext context) =>
        new(NetworkName(app, key, context), [.. ((string?[])[service.Name, service.ContainerName, .. network.Aliases]).OfType<string>().Distinct(StringComparer.Ordinal)])
        {
            Ipv4 = network.Ipv4Address,
            Ipv6 = network.Ipv6Address,
            LinkLocalAddresses = [.. network.LinkLocalIps],
            DriverOptions = EquatableMap.From(network.DriverOptions),
        };

    public static string NetworkName(AppManifest app, string key, WishContext context) =>
        app.Networks.TryGetValue(key, out var network) && network.IsExternal ? network.Name : context.ObjectName(key);

    /// <summary>The edge holds TCP ports; everything else is bound on the host itself.</summary>
    private static PublishedPort HostPort(PortSpec port) => new(
        port.Target,
        int.TryParse(port.Published, NumberStyles.None, CultureInfo.InvariantCulture, out var published) ? published : 0,
        port.HostIp,
        port.Protocol is "sctp" ? TransportProtocol.Sctp : TransportProtocol.Udp);

    private static Limits Resources(ServiceSpec service) => new()
    {
        MemoryBytes = service.Resources.Memory,
        MemoryReservationBytes = service.Resources.ReservedMemory,
        MemorySwapBytes = service.Resources.MemorySwap,
        MemorySwappiness = (int?)service.Resources.MemorySwappiness,
        NanoCpus = service.Resources.Cpus is { } cpus ? (long)(cpus * 1_000_000_000m) : null,
        CpuShares = service.Resources.CpuShares,
        CpuPeriodMicroseconds = service.Resources.CpuPeriod,
        CpuQuotaMicroseconds = service.Resources.CpuQuota,
        CpuRealtimePeriodMicroseconds = (long?)service.Resources.CpuRealtimePeriod?.TotalMicroseconds,
        CpuRealtimeRuntimeMicroseconds = (long?)service.Resources.CpuRealtimeRuntime?.TotalMicroseconds,
        CpuSet = service.Resources.CpuSet,
        PidsLimit = service.Resources.Pids,
        ShmBytes = service.Runtime.ShmSize,
        Ulimits = [.. service.Runtime.Ulimits.Select(u => new Ulimit(u.Key, u.Value.Soft, u.Value.Hard))],
        OomKillDisable = service.Runtime.OomKillDisable ? true : null,
        OomScoreAdjust = service.Runtime.OomScoreAdjustment,
        StorageOptions = EquatableMap.From(service.Runtime.StorageOptions),
        DeviceRequests = [.. service.Resources.Devices.Select(Device)],
        BlockIo = service.Resources.BlockIo is { } io ? BlockIo(io) : null,
    };

    private static DeviceRequest Device(DeviceRequestSpec device) => new(
        device.Driver, (int)(device.Count ?? (device.DeviceIds.IsEmpty ? -1 : 0)), [.. device.DeviceIds], [[.. device.Capabilities]])
    {
        Options = EquatableMap.From(device.Options),
    };

    private static Instances.BlockIoSpec BlockIo(Manifest.BlockIoSpec io) => new()
    {
        Weight = io.Weight,
        DeviceWeights = [.. io.WeightDevice.Select(d => new DeviceRate(d.Path, d.Weight))],
        ReadBytesPerSecond = [.. io.ReadBytes.Select(d => new DeviceRate(d.Path, d.Rate))],
        ReadOperationsPerSecond = [.. io.ReadOperations.Select(d => new DeviceRate(d.Path, d.Rate))],
        WriteBytesPerSecond = [.. io.WriteBytes.Select(d => new DeviceRate(d.Path, d.Rate))],
        WriteOperationsPerSecond = [.. io.WriteOperations.Select(d => new DeviceRate(d.Path, d.Rate))],
    };

    private static IsolationSpec Isolation(ServiceSpec service) => new()
    {
        CapAdd = [.. service.Runtime.CapAdd],
        CapDrop = [.. service.Runtime.CapDrop],
        Privileged = service.Runtime.Privileged,
        ReadOnlyRoot = service.Runtime.ReadOnly,
        SecurityOptions = [.. service.Runtime.SecurityOptions],
        Sysctls = EquatableMap.From(service.Runtime.Sysctls),
        Devices = [.. service.Runtime.Devices.Select(d => new DeviceMapping(d.Source, d.Target, d.Permissions))],
        DeviceCgroupRules = [.. service.Runtime.DeviceCgroupRules],
        Ipc = service.Runtime.Ipc,
        Pid = service.Runtime.Pid,
        Uts = service.Runtime.Uts,
        UserNamespace = service.Runtime.UsernsMode,
        CgroupNamespace = service.Runtime.Cgroup,
        CgroupParent = service.Runtime.CgroupParent,
        Runtime = service.Runtime.OciRuntime,
    };

    /// <summary>Long-running services come back by themselves, also after a reboot before davitd is up, unless the author said otherwise.</summary>
    private static RestartPolicy Restart(ServiceSpec service) => service.Restart?.Split(':', 2) switch
    {
        _ when service.Kind is ServiceKind.Job => RestartPolicy.Never,
        ["no"] => RestartPolicy.Never,
        ["always"] => new(RestartKind.Always),
        ["on-failure", var n] when int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var retries) => new(RestartKind.OnFailure, retries),
        ["on-failure", ..] => new(RestartKind.OnFailure),
        _ => new(RestartKind.UnlessStopped),
    };

    private static HealthCheckSpec? Health(ServiceSpec service)
    {
        if (service.Health is { Origin: HealthOrigin.Davit, Probe: HealthProbe.Command command })
            return new HealthCheckSpec(["CMD", .. command.Arguments])
            {
                Interval = service.Health.Interval, Timeout = service.Health.Timeout, Retries = service.Health.Failures, StartPeriod = service.Health.Startup,
            };

        return service.Healthcheck switch
        {
            null => null,
            { IsDisabled: true } => new HealthCheckSpec(["NONE"]),
            var check => new HealthCheckSpec([.. check.Test ?? []])
            {
                Interval = check.Interval, Timeout = check.Timeout, Retries = check.Retries, StartPeriod = check.StartPeriod, StartInterval = check.StartInterval,
            },
        };
    }

    private static EquatableMap Labels(ServiceSpec service, WishContext context)
    {
        var labels = EquatableMap.From(service.Labels);
        return context.Generation is "" ? labels : labels.With("davit.generation", context.Generation);
    }
}
