using System.Collections.Immutable;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Images;
using Davit.Drivers.Docker.Instances;
using Davit.Planning.Garbage;

namespace Davit.Drivers.Docker;

/// <summary>What the engine is, can and occupies.</summary>
internal sealed class EngineInventory(EngineClient engine, InstanceReader instances)
{
    public const DriverCapabilities Always = DriverCapabilities.Networks | DriverCapabilities.Volumes | DriverCapabilities.Bind | DriverCapabilities.PublishedPorts
        | DriverCapabilities.ResourceLimits | DriverCapabilities.HealthChecks | DriverCapabilities.Exec | DriverCapabilities.Terminal | DriverCapabilities.Builds
        | DriverCapabilities.BuildSecrets | DriverCapabilities.Pull | DriverCapabilities.ListeningSockets | DriverCapabilities.Archives | DriverCapabilities.RealProcesses;

    /// <summary>Only with engines of a newer API.</summary>
    public const DriverCapabilities Newer = DriverCapabilities.VolumeSubpath | DriverCapabilities.Annotations | DriverCapabilities.HealthStartInterval;

    public async Task<RuntimeFacts> DescribeAsync(CancellationToken ct)
    {
        var agreed = await engine.AgreeAsync(ct);
        var facts = await engine.ReadAsync(EngineCall.Get("/info"), EngineJson.Default.EngineFacts, ct);
        return new(agreed.Engine, agreed.Api.ToString(), facts.OSType, Architecture(facts.Architecture), new(facts.Cpus, facts.MemTotal))
        {
            Capabilities = Of(agreed.Api),
            Warnings = facts.Warnings ?? [],
            DataRoot = engine.Endpoint.IsLocal ? facts.DockerRootDir : "",
        };
    }

    public async Task<DiskUsage> UsageAsync(CancellationToken ct)
    {
        var reply = await engine.ReadAsync(EngineCall.Get("/system/df") with { Timeout = TimeSpan.FromMinutes(2) }, EngineJson.Default.DiskReply, ct);
        var volumes = reply.Volumes ?? [];
        return new(
            reply.LayersSize,
            (reply.Containers ?? []).Sum(c => c.SizeRw),
            volumes.Sum(v => Math.Max(0, v.UsageData?.Size ?? 0)),
            (reply.BuildCache ?? []).Where(c => !c.Shared).Sum(c => c.Size))
        {
            Volumes = volumes.Where(v => instances.IsOurs(v.Labels ?? []))
                .ToImmutableSortedDictionary(v => v.Name, v => Math.Max(0, v.UsageData?.Size ?? 0), StringComparer.Ordinal),
        };
    }

    /// <summary>Containers are read after images: one that was made in between is seen, one of an image that came in between does not matter.</summary>
    public async Task<ImmutableArray<StoredImage>> ImagesAsync(CancellationToken ct)
    {
        var images = await engine.ReadAsync(EngineCall.Get("/images/json"), EngineJson.Default.ImageListedArray, ct);
        var containers = await engine.ReadAsync(EngineCall.Get("/containers/json", ("all", "1")), EngineJson.Default.ContainerListedArray, ct);
        var users = containers.ToLookup(c => c.ImageId, c => (c.Names is [var name, ..] ? name : c.Id).TrimStart('/'), StringComparer.Ordinal);
        return [.. images.Select(i => new StoredImage(i.Id, i.Size, DateTimeOffset.FromUnixTimeSeconds(i.Created), instances.IsOurs(i.Labels ?? []))
        {
            Tags = ImageStore.Real(i.RepoTags),
            RepoDigests = ImageStore.Real(i.RepoDigests),
            Users = [.. users[i.Id].Order(StringComparer.Ordinal)],
        })];
    }

    private DriverCapabilities Of(ApiVersion api)
    {
        var can = engine.Endpoint.IsLocal ? Always : Always & ~DriverCapabilities.ListeningSockets;
        can |= api >= new ApiVersion(1, 43) ? DriverCapabilities.Annotations : DriverCapabilities.None;
        can |= api >= new ApiVersion(1, 44) ? DriverCapabilities.HealthStartInterval : DriverCapabilities.None;
        return can | (api >= new ApiVersion(1, 45) ? DriverCapabilities.VolumeSubpath : DriverCapabilities.None);
    }

    /// <summary>The engine says it as the kernel does, images say it as Go does.</summary>
    private static string Architecture(string machine) => machine switch
    {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        _ => machine,
    };
}
