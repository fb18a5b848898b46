using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Instances;
using Davit.Drivers.Images;
using Davit.Model;

namespace Davit.Drivers.Docker.Images;

/// <summary>The engine's own images.</summary>
internal sealed class ImageStore(EngineClient engine)
{
    public async Task<ImageSight?> InspectAsync(string reference, CancellationToken ct) =>
        await FindAsync(reference, ct) is { } found ? Look(found, reference, pulledDigest: null) : null;

    public async Task<ImageReply?> FindAsync(string reference, CancellationToken ct)
    {
        try
        {
            return await engine.ReadAsync(EngineCall.Get($"/images/{Path(reference)}/json"), EngineJson.Default.ImageReply, ct);
        }
        catch (EngineException missing) when (missing.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            return null;
        }
    }

    public async Task<ImmutableArray<ImageSight>> ListAsync(OwnershipScope scope, CancellationToken ct)
    {
        var listed = await engine.ReadAsync(EngineCall.Get("/images/json", ("filters", InstanceReader.Filter(scope))), EngineJson.Default.ImageListedArray, ct);
        return
        [
            .. listed.Select(i => new ImageSight(i.Id, i.Id, "")
            {
                Tags = Real(i.RepoTags),
                RepoDigests = Real(i.RepoDigests),
                SizeBytes = i.Size,
                CreatedAt = DateTimeOffset.FromUnixTimeSeconds(i.Created),
            }),
        ];
    }

    public async Task RemoveAsync(string reference, CancellationToken ct)
    {
        try
        {
            await engine.RunAsync(EngineCall.Delete($"/images/{Path(reference)}") with { Timeout = TimeSpan.FromMinutes(1) }, ct);
        }
        catch (EngineException gone) when (gone.Status is HttpStatusCode.NotFound)
        {
        }
        catch (EngineException used) when (used.Status is HttpStatusCode.Conflict)
        {
            throw new ProblemException(DriverProblems.ImageInUse(reference, used.Answer), used);
        }
    }

    /// <summary>What a spec holds: the digest of the repository that was asked for, or the id when no registry knows the image.</summary>
    public static ImageSight Look(ImageReply found, string reference, string? pulledDigest) => new(Pin(found, reference, pulledDigest), found.Id, Platform(found))
    {
        Tags = Real(found.RepoTags),
        RepoDigests = Real(found.RepoDigests),
        SizeBytes = found.Size,
        CreatedAt = DateTimeOffset.TryParse(found.Created, CultureInfo.InvariantCulture, out var at) ? at : null,
        Config = Config(found.Config ?? new()),
    };

    private static string Pin(ImageReply found, string reference, string? pulledDigest)
    {
        if (ImageReference.IsLocalId(reference))
            return found.Id;

        var wanted = ImageReference.Parse(reference);
        var digests = Real(found.RepoDigests).Where(d => d.StartsWith(wanted.Repository + "@", StringComparison.Ordinal)).ToList();
        return digests.Find(d => wanted.Digest is not null && d.EndsWith(wanted.Digest, StringComparison.Ordinal))
            ?? digests.Find(d => pulledDigest is not null && d.EndsWith(pulledDigest, StringComparison.Ordinal))
            ?? digests.FirstOrDefault()
            ?? found.Id;
    }

    private static string Platform(ImageReply found) =>
        $"{found.Os}/{found.Architecture}{(string.IsNullOrEmpty(found.Variant) ? "" : "/" + found.Variant)}";

    private static ImageConfig Config(ContainerConfig config) => new()
    {
        Entrypoint = [.. config.Entrypoint ?? []],
        Command = [.. config.Cmd ?? []],
        Environment = [.. config.Env ?? []],
        User = config.User,
        WorkingDirectory = config.WorkingDir ?? "",
        ExposedPorts = [.. (config.ExposedPorts ?? []).Keys.Order(StringComparer.Ordinal)],
        Volumes = [.. (config.Volumes ?? []).Keys.Order(StringComparer.Ordinal)],
        StopSignal = string.IsNullOrEmpty(config.StopSignal) ? null : config.StopSignal,
        HasHealthCheck = config.Healthcheck?.Test is { Count: > 0 } test && test[0] is not "NONE",
        Labels = (config.Labels ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    /// <summary>Engines list images without a name under one made of angle brackets.</summary>
    public static ImmutableArray<string> Real(string[]? names) => [.. (names ?? []).Where(n => !n.Contains('<', StringComparison.Ordinal))];

    /// <summary>Slashes of a reference are part of the engine's path; everything else is not.</summary>
    private static string Path(string reference) => string.Join('/', reference.Split('/').Select(EngineCall.Escape));
}
