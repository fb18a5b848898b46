using Davit.ControlPlane.Content;
using Davit.ControlPlane.Hosting;
using Davit.Drivers;
using Davit.Drivers.Builds;
using Davit.Drivers.Images;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Wishes;
using Davit.Store.Resources;
using BuildSpec = Davit.Drivers.Builds.BuildSpec;

namespace Davit.ControlPlane.Releasing;

/// <summary>What tells the images of one deployment from everybody else's.</summary>
/// <param name="Tag">Each deployment has its own, so that images of former releases keep a name and can be found again.</param>
internal sealed record ImageMark(string Prefix, string Tag, EquatableMap Labels)
{
    public string NameOf(string service) => $"{Prefix}/{service}";

    public string TagOf(string service) => $"{NameOf(service)}:{Tag}";
}

/// <summary>Gets every image of a release: builds what has a Dockerfile, resolves the rest to digests.</summary>
internal sealed class ImageMaker(ImagePulls pulls, IRuntimeDriver driver, ContentStore content, Installation installation, FileGathering files)
{
    private const int AtOnce = 2;

    public ImageMark MarkOf(EnvRow env, DeploymentId deployment) =>
        new($"davit/{Id.Tail(env.AppId)}", Id.Tail(deployment), new OwnershipScope(installation.Id) { App = env.AppId }.ToLabels());

    /// <summary>Brings an image here, so that it can be asked which port it exposes.</summary>
    public Task FetchAsync(string reference, MakingLedger ledger, CancellationToken ct) => pulls.ResolveAsync(new ImageRequest(reference), ledger, ct);

    public async Task<IReadOnlyList<ReleasedService>> MakeAsync(
        AppManifest app, ResolvedSource source, MakingScope scope, CancellationToken ct)
    {
        using var slots = new SemaphoreSlim(AtOnce);
        return await Task.WhenAll(app.Services.Values.Select(async service =>
        {
            await slots.WaitAsync(ct);
            try
            {
                return service switch
                {
                    { Static: { } site } => await PublishAsync(service, site, source, scope, ct),
                    { Build: not null } => await BuildAsync(app, service, source, scope, ct),
                    _ => await ResolveAsync(service, scope, ct),
                };
            }
            finally
            {
                slots.Release();
            }
        }));
    }

    private async Task<ReleasedService> PublishAsync(ServiceSpec service, StaticSpec site, ResolvedSource source, MakingScope scope, CancellationToken ct)
    {
        var directory = Inside(source, site.Directory);
        return new ReleasedService(service.Name, "") { Reference = site.Directory, Tree = await scope.Ledger.KeepTreeAsync(content, directory, service.Name, ct) };
    }

    private async Task<ReleasedService> BuildAsync(
        AppManifest app, ServiceSpec service, ResolvedSource source, MakingScope scope, CancellationToken ct)
    {
        var (build, mark) = (service.Build!, scope.Mark);
        pulls.Disk.Admit($"the build of {service.Name}");
        var secrets = new List<BuildSecret>();
        foreach (var secret in build.Secrets)
            secrets.Add(new BuildSecret(secret.Target is "" ? secret.Source : secret.Target, await files.SecretAsync(app, secret.Source, service.Name, source, scope.Env, ct)));
        var spec = new BuildSpec(Inside(source, build.Context), mark.TagOf(service.Name))
        {
            Dockerfile = build.Dockerfile,
            DockerfileInline = build.DockerfileInline,
            Target = build.Target,
            Arguments = EquatableMap.From(build.Args.Where(a => a.Value is not null).Select(a => KeyValuePair.Create(a.Key, a.Value!))),
            Labels = mark.Labels.Entries.Aggregate(EquatableMap.From(build.Labels), (all, own) => all.With(own.Key, own.Value)),
            Platform = service.Platform ?? build.Platforms.FirstOrDefault(),
            NoCache = build.NoCache,
            Pull = build.Pull,
            CacheFrom = [.. build.CacheFrom],
            ExtraHosts = [.. build.ExtraHosts.Select(h => $"{h.Host}:{h.Address}")],
            NetworkMode = build.Network,
            ShmBytes = build.ShmSize,
            Secrets = [.. secrets],
        };
        var outcome = await scope.Progress.DoAsync("build-image", spec.Tag, () => driver.BuildImageAsync(spec, (line, token) => scope.Progress.LineAsync(Phase.Building, $"{service.Name} | {line.Text}", token), ct), ct);
        return await DescribeAsync(service, outcome.ImageId, mark.NameOf(service.Name), ct);
    }

    private async Task<ReleasedService> ResolveAsync(ServiceSpec service, MakingScope scope, CancellationToken ct)
    {
        var reference = service.Image ?? throw new InvalidOperationException($"service {service.Name} has neither image nor build");
        var image = await pulls.ResolveAsync(new ImageRequest(reference)
        {
            Platform = service.Platform,
            Pull = service.PullPolicy switch { "always" => PullPolicy.Always, "never" => PullPolicy.Never, _ => PullPolicy.Missing },
        }, scope.Ledger, ct);
        await scope.Progress.LineAsync(Phase.Building, $"{service.Name} | {reference} is {image.Pinned}", ct);
        return Describe(service, image, reference);
    }

    private async Task<ReleasedService> DescribeAsync(ServiceSpec service, string imageId, string reference, CancellationToken ct)
    {
        var image = await driver.InspectImageAsync(imageId, ct)
            ?? throw new ProblemException(DeploymentProblems.ImageVanished(service.Name, imageId));
        return Describe(service, image with { Pinned = imageId }, reference);
    }

    private static ReleasedService Describe(ServiceSpec service, ImageSight image, string reference) => new(service.Name, image.Pinned)
    {
        Reference = reference,
        ExposedPorts = [.. image.TcpPorts()],
        HasHealthCheck = image.Config.HasHealthCheck,
    };

    public static string Inside(ResolvedSource source, string path)
    {
        var full = Path.GetFullPath(Path.Combine(source.Directory, path));
        return full == source.Directory || full.StartsWith(source.Directory + "/", StringComparison.Ordinal)
            ? full
            : throw new ProblemException(ManifestProblems.Refused([new Fault(ManifestProblems.PathOutside, Severity.Error, $"'{path}' leads out of the app directory", null, "build")]));
    }
}

internal static class ExposedPorts
{
    /// <summary>In order.</summary>
    public static IReadOnlyList<int> TcpPorts(this ImageSight image) =>
        [.. image.Config.ExposedPorts.Where(p => !p.EndsWith("/udp", StringComparison.Ordinal)).Select(p => int.Parse(p.Split('/')[0], System.Globalization.CultureInfo.InvariantCulture)).Order()];
}
