using Davit.Manifest;

namespace Davit.Planning.Wishes;

/// <summary>Something in a manifest that takes an instance out of its confinement.</summary>
/// <param name="Permission">What whoever deploys it must hold.</param>
/// <param name="Where">The service or volume and the key, such as <c>web: privileged</c>.</param>
public sealed record RuntimeDemand(string Permission, string Where);

/// <summary>Finds what of a manifest reaches the host: no role but an owner's may ask for it.</summary>
public static class Confinement
{
    public const string HostPath = "runtime:host-path";
    public const string Privileged = "runtime:privileged";
    public const string HostNetwork = "runtime:host-network";
    public const string EngineSocket = "runtime:engine-socket";
    public const string Capabilities = "runtime:capabilities";

    private static readonly string[] SocketEndings = ["docker.sock", "containerd.sock", "podman.sock", "crio.sock"];

    public static IReadOnlyList<RuntimeDemand> Of(AppManifest app) => [.. app.Services.Values.SelectMany(Of), .. app.Volumes.Values.SelectMany(Of), .. app.Networks.Values.SelectMany(Of)];

    private static IEnumerable<RuntimeDemand> Of(ServiceSpec service)
    {
        var runtime = service.Runtime;
        foreach (var host in service.Volumes.Select(m => m.Source).OfType<MountSource.Host>())
            yield return Of(service, IsSocket(host.Path) ? EngineSocket : HostPath, $"a mount of {host.Path}");
        if (runtime.UsesApiSocket is true)
            yield return Of(service, EngineSocket, "use_api_socket");
        if (runtime.Privileged || service.PostStart.Concat(service.PreStop).Any(h => h.Privileged))
            yield return Of(service, Privileged, "privileged");
        if (service.Build is { } build && (build.Privileged || build.Entitlements.Length > 0))
            yield return Of(service, Privileged, "a privileged build");
        foreach (var (key, value) in ((string, string?)[])[("network_mode", runtime.NetworkMode), ("pid", runtime.Pid), ("ipc", runtime.Ipc), ("uts", runtime.Uts), ("userns_mode", runtime.UsernsMode), ("cgroup", runtime.Cgroup)])
        {
            if (value is "host")
                yield return Of(service, HostNetwork, $"{key}: host");
        }

        if (service.Build?.Network is "host")
            yield return Of(service, HostNetwork, "build.network: host");
        foreach (var key in Loosened(runtime))
            yield return Of(service, Capabilities, key);
    }

    private static IEnumerable<string> Loosened(RuntimeSpec runtime)
    {
        if (runtime.CapAdd.Length > 0)
            yield return "cap_add";
        if (runtime.Devices.Length > 0)
            yield return "devices";
        if (runtime.DeviceCgroupRules.Length > 0)
            yield return "device_cgroup_rules";
        if (runtime.SecurityOptions.Any(o => o is not ("no-new-privileges" or "no-new-privileges:true")))
            yield return "security_opt";
        if (runtime.CgroupParent is { Length: > 0 })
            yield return "cgroup_parent";
        if (runtime.OciRuntime is { Length: > 0 })
            yield return "runtime";
    }

    /// <summary>A volume that is not made here may be another tenant's; one of the local driver may stand for a directory or device of the host, or for a share of the network.</summary>
    private static IEnumerable<RuntimeDemand> Of(VolumeSpec volume)
    {
        if (volume.IsExternal)
            yield return new(HostPath, $"volume {volume.Key}: external");
        if (volume.DriverOptions.Count > 0 || volume.Driver is { Length: > 0 } and not "local")
            yield return new(HostPath, $"volume {volume.Key}: {(volume.DriverOptions.Count > 0 ? "driver_opts" : "driver")}");
    }

    /// <summary>A network that is not made here may be another tenant's.</summary>
    private static IEnumerable<RuntimeDemand> Of(NetworkSpec network)
    {
        if (network.IsExternal || network.Driver is "host")
            yield return new(HostNetwork, $"network {network.Key}: {(network.IsExternal ? "external" : "driver host")}");
    }

    private static RuntimeDemand Of(ServiceSpec service, string permission, string what) => new(permission, $"{service.Name}: {what}");

    private static bool IsSocket(string path) => SocketEndings.Any(e => path.EndsWith(e, StringComparison.Ordinal));
}
