using System.Globalization;
using Davit.Manifest;
using Davit.Planning.Configuring;
using Davit.Planning.Instances;
using Hook = Davit.Planning.Instances.HookSpec;
using Limits = Davit.Planning.Instances.ResourceSpec;

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
            Process = Process(app, service, contents, context.Configured!),
            Mounts = [.. MountTemplates.Of(app, service, contents, context)],
            Files = [.. FileTemplates.Of(app, service, contents, context)],
            Connectivity = ConnectivityTemplates.Of(app, service, context),
            Resources = Resources(service),
            Isolation = Isolation(service),
            Restart = Restart(service),
            Hooks = Hooks(service),
            Health = Health(service),
            Labels = Labels(service, context),
            Annotations = EquatableMap.From(service.Annotations),
        };
    }

    private static ProcessSpec Process(AppManifest app, ServiceSpec service, ReleaseContents contents, AppConfiguration configured) => new()
    {
        Entrypoint = service.Entrypoint is { } entrypoint ? [.. entrypoint] : null,
        Command = service.Command is { } command ? [.. command] : null,
        Environment = configured[service.Name].Environment.With(SecretFiles(app, service, contents, configured)),
        SecretEnvironment = configured[service.Name].Secrets,
        User = service.Runtime.User,
        GroupAdd = [.. service.Runtime.GroupAdd],
        WorkingDirectory = service.Runtime.WorkingDirectory,
        Tty = service.Runtime.Tty,
        StdinOpen = service.Runtime.StdinOpen,
        Init = service.Runtime.Init,
        StopSignal = service.StopSignal,
        StopGrace = service.StopGracePeriod ?? TimeSpan.FromSeconds(10),
    };

    /// <summary>Says by <c>NAME_FILE</c> where a secret lies, as many images expect it, unless somebody else says something by that name.</summary>
    private static EquatableMap SecretFiles(AppManifest app, ServiceSpec service, ReleaseContents contents, AppConfiguration configured) => EquatableMap.From(
        from use in service.Secrets
        where app.Secrets.ContainsKey(use.Source) && use.Source.All(c => char.IsAsciiLetterOrDigit(c) || c is '_')
        let name = $"{use.Source}_FILE"
        where configured.Find(app, service.Name, use.Source, contents) is { IsStored: true } && !configured[service.Name].Names.ContainsKey(name)
        select KeyValuePair.Create(name, FileTemplates.SecretPath(use)));

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

    /// <summary>Variables without a value are not set.</summary>
    private static EquatableMap Known(IEnumerable<KeyValuePair<string, string?>> variables) =>
        EquatableMap.From(variables.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Key, v.Value!)));

    /// <summary>
    /// Long-running services come back by themselves, also after a reboot before davitd is up, unless the author said otherwise:
    /// with <c>restart</c>, or else with <c>deploy.restart_policy</c>.
    /// </summary>
    private static RestartPolicy Restart(ServiceSpec service) => service.Restart?.Split(':', 2) switch
    {
        _ when service.Kind is ServiceKind.Job => RestartPolicy.Never,
        ["no"] => RestartPolicy.Never,
        ["always"] => new(RestartKind.Always),
        ["on-failure", var n] when int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var retries) => new(RestartKind.OnFailure, retries),
        ["on-failure", ..] => new(RestartKind.OnFailure),
        null when service.Deploy?.RestartPolicy is { } policy => Restart(policy),
        _ => new(RestartKind.UnlessStopped),
    };

    private static RestartPolicy Restart(RestartPolicySpec policy) => policy.Condition switch
    {
        "none" => RestartPolicy.Never,
        "on-failure" => new(RestartKind.OnFailure, policy.MaxAttempts ?? 0),
        _ => new(RestartKind.UnlessStopped),
    };

    private static HooksSpec? Hooks(ServiceSpec service)
    {
        var hooks = new HooksSpec
        {
            Prestart = [.. service.Prestart.Select(c => new Hook([.. c.Arguments]))],
            PostStart = [.. service.PostStart.Select(HookOf)],
            PreStop = [.. service.PreStop.Select(HookOf)],
        };
        return hooks == new HooksSpec() ? null : hooks;
    }

    private static Hook HookOf(Manifest.HookSpec hook) => new([.. hook.Command])
    {
        User = hook.User, WorkingDirectory = hook.WorkingDirectory, Environment = Known(hook.Environment), Privileged = hook.Privileged,
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
