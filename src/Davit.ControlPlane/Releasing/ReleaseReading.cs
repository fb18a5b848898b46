using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;

namespace Davit.ControlPlane.Releasing;

/// <summary>A release that exists, and its manifest as it is read for an environment.</summary>
internal sealed record ReleaseFound(ReleaseRow Release, AppManifest App, JsonObject Provenance)
{
    public ReleaseContents Contents { get; } = ReleaseJson.Read(Release);
}

/// <summary>A release, its manifest, and the wish that comes of both.</summary>
internal sealed record ReleaseRead(ReleaseRow Release, AppManifest App, Wish Wish);

internal sealed class ReleaseReading(Database database, SourceResolver sources, SourceSealing sealing, WishMaker wishes)
{
    /// <exception cref="ProblemException">DV2102 when there is no such release, DV2228 when it is history only.</exception>
    public async Task<ReleaseRead> ReadAsync(EnvRow env, DeploymentSource.Release wanted, string generation, CancellationToken ct)
    {
        var (release, app, provenance) = await FindAsync(env, wanted.Id, ct);
        return new(release, app, await wishes.MakeAsync(new WishInput(app, ReleaseJson.Read(release), env) { Release = release.Id, Generation = generation, Provenance = provenance, Set = wanted.Set }, ct));
    }

    /// <exception cref="ProblemException">As above.</exception>
    public async Task<ReleaseFound> FindAsync(EnvRow env, string reference, CancellationToken ct)
    {
        var release = await database.ReadAsync(db => ReleaseTable.FindAsync(db, env.AppId, reference, ct), ct)
            ?? throw new ProblemException(SourceProblems.Gone($"The release {reference}"));
        if (await database.ReadAsync(db => ReleaseMarks.IsCollectedAsync(db, release.Id, ct), ct))
            throw new ProblemException(DeploymentProblems.ReleaseCollected($"release {release.Number}"));
        var provenance = JsonNode.Parse(release.Provenance)!.AsObject();
        var manifest = await sealing.OpenAsync(env, provenance["manifest"]!.Deserialize<ManifestInput>(DavitJson.Options)!, ct);
        var tree = (string?)provenance["tree"];
        var app = tree is null
            ? ManifestReading.Read(ManifestReading.OfImage(new DeploymentSource.Image((string)provenance["image"]!, (int?)provenance["port"])), env.AppName, env.Name, manifest).App
            : ManifestReading.Read(new DirectorySourceTree(sources.DirectoryOf(tree)), env.AppName, env.Name, manifest).App;
        return new(release, app, provenance);
    }
}
