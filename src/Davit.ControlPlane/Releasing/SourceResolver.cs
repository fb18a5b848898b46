using System.Text.Json.Nodes;
using Davit.ControlPlane.Content;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Sourcing;
using Davit.Drivers;
using Davit.Manifest;
using Davit.Model;
using Davit.Wire;

namespace Davit.ControlPlane.Releasing;

/// <summary>A source that lies here, hashed.</summary>
/// <param name="Directory">"" for an image alone.</param>
/// <param name="Provenance">What is known of where it comes from.</param>
internal sealed record ResolvedSource(string Directory, ISourceTree Tree, ManifestInput Manifest, JsonObject Provenance);

/// <summary>What resolving works with.</summary>
/// <param name="Scratch">The name of a directory of this call's own.</param>
/// <param name="DigestOf">The digest of an upload's content.</param>
internal sealed record SourceScope(string Scratch, Func<string, Task<string?>> DigestOf)
{
    /// <summary>Told of a source's digest before it is looked for.</summary>
    public Func<string, Task> Hold { get; init; } = static _ => Task.CompletedTask;
}

/// <summary>Brings a source to this machine.</summary>
internal sealed class SourceResolver(ServerOptions options, GitSource git, IRuntimeDriver driver, TimeProvider clock)
{
    public string DirectoryOf(string digest) => Path.Combine(options.Sources, digest["sha256:".Length..]);

    public async Task<ResolvedSource> ResolveAsync(DeploymentSource source, SourceScope scope, CancellationToken ct)
    {
        switch (source)
        {
            case DeploymentSource.Upload upload:
                var digest = await scope.DigestOf(upload.Id);
                await scope.Hold(digest ?? "");
                if (digest is null || !Directory.Exists(DirectoryOf(digest)))
                    throw new ProblemException(SourceProblems.Gone($"The upload {upload.Id}"));
                return Of(DirectoryOf(digest), upload.Manifest, new JsonObject { ["source"] = "upload", ["tree"] = digest });

            case DeploymentSource.Repository repository:
                return await FetchAsync(repository, scope, ct);

            case DeploymentSource.Image image:
                var whole = image with { Port = image.Port ?? await ExposedPortAsync(image.Reference, ct) };
                return new("", ManifestReading.OfImage(whole), new ManifestInput(), new JsonObject { ["source"] = "image", ["image"] = whole.Reference, ["port"] = whole.Port });

            default:
                throw new InvalidOperationException($"{source.GetType().Name} needs no source");
        }
    }

    /// <summary>Keeps an unpacked directory under the hash of its content. One that is there already counts as new.</summary>
    public void Keep(string unpacked, string digest)
    {
        var target = DirectoryOf(digest);
        try
        {
            if (Directory.Exists(target))
                Directory.SetLastWriteTimeUtc(target, clock.GetUtcNow().UtcDateTime);
            else
                Directory.Move(unpacked, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Somebody else kept the same content in this very moment.
        }

        if (Directory.Exists(unpacked))
            Directory.Delete(unpacked, recursive: true);
    }

    public string Scratch(string name)
    {
        var path = Path.Combine(options.Sources, $"incoming-{name}");
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(options.Sources);
        return path;
    }

    /// <summary>Of an image that lies here; one that is still to be pulled says nothing yet.</summary>
    /// <exception cref="ProblemException">DV2101 when it exposes none or several.</exception>
    private async Task<int?> ExposedPortAsync(string reference, CancellationToken ct)
    {
        if (await driver.InspectImageAsync(reference, ct) is not { } image)
            return null;
        var ports = image.TcpPorts();
        return ports is [var only] ? only : throw new ProblemException(DeploymentProblems.PortUnknown("web", ports));
    }

    private async Task<ResolvedSource> FetchAsync(DeploymentSource.Repository repository, SourceScope scope, CancellationToken ct)
    {
        var path = Scratch(scope.Scratch);
        var commit = await git.FetchAsync(repository.Address, repository.Reference, path, ct);
        var digest = await ContentStore.HashAsync(path, ct);
        await scope.Hold(digest);
        Keep(path, digest);
        return Of(DirectoryOf(digest), repository.Manifest, new JsonObject
        {
            ["source"] = "repository", ["repository"] = WithoutCredentials(repository.Address), ["reference"] = repository.Reference, ["commit"] = commit, ["tree"] = digest,
        });
    }

    private static ResolvedSource Of(string directory, ManifestInput manifest, JsonObject provenance) => new(directory, new DirectorySourceTree(directory), manifest, provenance);

    private static string WithoutCredentials(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo is not "" ? new UriBuilder(uri) { UserName = "", Password = "" }.Uri.ToString() : address;
}
