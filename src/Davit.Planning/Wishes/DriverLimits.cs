using Davit.Manifest;
using Davit.Model;

namespace Davit.Planning.Wishes;

/// <summary>What a manifest may say and no driver can do yet. It is refused before anything starts, with a way out.</summary>
internal static class DriverLimits
{
    /// <exception cref="ProblemException">DV3022.</exception>
    public static void Check(AppManifest app, ServiceSpec service)
    {
        foreach (var (key, wayOut) in Found(service))
            throw new ProblemException(DriverProblems.DriverCannot(app.Driver ?? "docker", $"services.{service.Name}.{key}", wayOut));
    }

    private static IEnumerable<(string Key, string WayOut)> Found(ServiceSpec service)
    {
        var runtime = service.Runtime;
        if (runtime.NetworkMode is not (null or "none" or "host" or "bridge"))
            yield return ($"network_mode: {runtime.NetworkMode}", "Give both services a network and reach the other one by its name.");
        if (runtime.Pid is not (null or "" or "host"))
            yield return ($"pid: {runtime.Pid}", "Run both programs in one service, or let them talk over a network or a volume.");
        if (runtime.Ipc?.StartsWith("service:", StringComparison.Ordinal) is true)
            yield return ($"ipc: {runtime.Ipc}", "Share a volume or a network instead of memory.");
        if (runtime.UsesApiSocket is true)
            yield return ("use_api_socket", "Mount the engine's socket as a volume: /var/run/docker.sock:/var/run/docker.sock");
        if (service.Volumes.FirstOrDefault(v => v.Source is MountSource.Image) is { Source: MountSource.Image image })
            yield return ($"volumes: type image ({image.Reference})", "Copy the files into the service's own image: COPY --from=IMAGE");
        if (service.Networks.FirstOrDefault(n => n.Value.InterfaceName is not null) is { Value: not null } network)
            yield return ($"networks.{network.Key}.interface_name", "Remove it: interfaces are named by the engine.");
        if (service.Resources.GenericResources is [var generic, ..])
            yield return ($"deploy.resources.reservations.generic_resources ({generic.Kind})", "Remove it, or ask for a device under 'devices'.");
    }
}
