using System.Security.Cryptography;
using System.Text;
using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Wishes;

namespace Davit.Drivers.Docker.Tests.Compose;

/// <summary>A Compose file on its way through Davit: loaded, made a wish, and its instances created as a deployment would.</summary>
internal sealed class ComposedApp(DockerBed bed, IRuntimeDriver driver)
{
    public const string Name = "parity";

    public WishContext Context { get; } = new(bed.Owner with { Service = null }, Name, "test") { ContentRoot = "/nonexistent" };

    public static AppManifest Load(IReadOnlyDictionary<string, string> files)
    {
        var tree = files.Aggregate(new MemorySourceTree("/app"), (t, f) => t.With(f.Key, f.Value));
        var result = ManifestLoader.Load(new LoadRequest { Source = tree, ProjectName = Name });
        return result.Manifest ?? throw new InvalidOperationException(string.Join('\n', result.Faults.Where(f => f.Severity is Severity.Error)));
    }

    /// <summary>The wish, with every image pinned.</summary>
    public async Task<Wish> WishAsync(AppManifest app, CancellationToken ct)
    {
        var image = await driver.ResolveImageAsync(new(DockerBed.Shell) { Pull = Drivers.Images.PullPolicy.Never }, ct);
        var bytes = app.Configs.Values.Select(c => (Key: FileTemplates.ConfigKey(c.Key), c.Source))
            .Concat(app.Secrets.Values.Select(s => (Key: FileTemplates.SecretKey(s.Key), s.Source)))
            .ToDictionary(f => f.Key, f => Encoding.UTF8.GetBytes(f.Source is FileSource.Content content ? content.Text : $"value of {f.Key}"), StringComparer.Ordinal);
        var digests = bytes.ToDictionary(b => b.Key, b => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(b.Value))}", StringComparer.Ordinal);
        var contents = new ReleaseContents { Services = [.. app.Services.Keys.Select(s => new ReleasedService(s, image.Pinned))], Files = EquatableMap.From(digests) };
        return WishBuilder.Build(app, Id.New<ReleaseId>(TimeProvider.System), contents, Context with { ReadFile = d => bytes[digests.Single(e => e.Value == d).Key] });
    }

    public async Task PrepareAsync(Wish wish, CancellationToken ct)
    {
        foreach (var network in wish.Networks)
            await driver.EnsureNetworkAsync(network, ct);
        foreach (var volume in wish.Volumes)
            await driver.EnsureVolumeAsync(volume, ct);
    }

    public InstanceSpec Spec(Wish wish, string service) => wish.Find(service)!.Template with
    {
        Name = bed.Name(service),
        Owner = bed.Owner with { Service = service, Release = wish.Release, Instance = Id.New<InstanceId>(TimeProvider.System) },
        Files = [.. wish.Find(service)!.Template.Files.Select(f => f.Content is FileContent.Secret s ? f with { Content = s with { Bytes = [.. Encoding.UTF8.GetBytes($"value of {FileTemplates.SecretKey(s.Name)}")] } } : f)],
    };
}
