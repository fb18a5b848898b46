using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Garbage;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;

namespace Davit.ControlPlane.Releasing;

/// <summary>What making came to: a release and the wish that brings the environment to it.</summary>
/// <param name="IsUnchanged">The environment serves exactly that already.</param>
internal sealed record Made(ReleaseRow Release, Wish Wish, bool IsUnchanged = false);

/// <summary>
/// Turns a source into a release: fetch, read the manifest, build and resolve images, keep files. Every step finds what an
/// earlier attempt made, so it may be repeated after a crash.
/// </summary>
internal sealed class ReleaseMaker(Database database, SourceReading sources, ReleaseReading releases, ImageMaker images, FileGathering files, WishMaker wishes)
{
    public async Task<Made> MakeAsync(DeploymentRow row, EnvRow env, IMakingProgress progress, CancellationToken ct)
    {
        var source = await sources.Sealing.OpenAsync(env, JsonSerializer.Deserialize<DeploymentSource>(row.Source, DavitJson.Options)!, ct);
        var made = source switch
        {
            DeploymentSource.Release r => await OfReleaseAsync(r, row, env, progress, ct),
            DeploymentSource.Upload or DeploymentSource.Image or DeploymentSource.Repository => await OfSourceAsync(source, row, env, progress, ct),
            DeploymentSource.Former or DeploymentSource.Serving => throw new InvalidOperationException("their wish is known when they are accepted"),
        };
        return await ServesAlreadyAsync(made, env, ct) ? made with { Wish = made.Wish with { Commands = [] }, IsUnchanged = true } : made;
    }

    /// <summary>Release commands belong to a change; where nothing changes they are not run again.</summary>
    private async Task<bool> ServesAlreadyAsync(Made made, EnvRow env, CancellationToken ct)
    {
        var serving = env.ServingId is { } id ? await database.ReadAsync(db => DeploymentTable.GetAsync(db, id, ct), ct) : null;
        return serving is { Wish: { } wish } && serving.ReleaseId == made.Release.Id
            && WishJson.Hash(WishJson.Read(wish) with { Commands = [], Takeover = null }) == WishJson.Hash(made.Wish with { Commands = [], Takeover = null });
    }

    private async Task<Made> OfReleaseAsync(DeploymentSource.Release wanted, DeploymentRow row, EnvRow env, IMakingProgress progress, CancellationToken ct)
    {
        await progress.SkipAsync(Phase.Building, "the release exists", ct);
        var read = await releases.ReadAsync(env, wanted, Generation(row), ct);
        Allowances.Require(read.App, row.Allowances);
        return new(read.Release, read.Wish);
    }

    private async Task<Made> OfSourceAsync(DeploymentSource source, DeploymentRow row, EnvRow env, IMakingProgress progress, CancellationToken ct)
    {
        await progress.PhaseAsync(Phase.Sourcing, "", ct);
        var ledger = new MakingLedger(database, row.Id, progress);
        if (source is DeploymentSource.Image { Port: null } image)
            await images.FetchAsync(image.Reference, ledger, ct);
        var (resolved, app, _) = await sources.ReadAsync(env, source, ScopeOf(row, env, ledger, ct), ct);
        Allowances.Require(app, row.Allowances);

        await progress.PhaseAsync(Phase.Building, $"{app.Services.Values.Count(s => s.Build is not null)} to build", ct);
        var mark = images.MarkOf(env, row.Id);
        await ledger.RegisterBuildsAsync(env.AppId, app.Services.Values.Where(s => s.Build is not null).Select(s => mark.TagOf(s.Name)), ct);
        var services = await images.MakeAsync(app, resolved, new MakingScope(ledger, mark, env), ct);

        await progress.PhaseAsync(Phase.Publishing, "", ct);
        var contents = new ReleaseContents
        {
            Services = [.. services.OrderBy(s => s.Name, StringComparer.Ordinal)],
            Files = await files.FilesAsync(app, resolved, env.OrgId, ledger, ct),
            Trees = await files.TreesAsync(app, resolved, ledger, ct),
        };
        var sealedSource = resolved with { Manifest = await sources.Sealing.SealAsync(env, resolved.Manifest, ct) };
        var release = await KeepAsync(row, env, sealedSource, app, contents, progress, ct);
        return new(release, await wishes.MakeAsync(new WishInput(app, contents, env) { Release = release.Id, Generation = Generation(row), Provenance = resolved.Provenance, Set = source.Set }, ct));
    }

    /// <summary>A forced deployment replaces instances even where nothing changed.</summary>
    private static string Generation(DeploymentRow row) => row.Kind is "restart" ? row.Id.ToString() : "";

    private SourceScope ScopeOf(DeploymentRow row, EnvRow env, MakingLedger ledger, CancellationToken ct) =>
        new(row.Id.ToString(), id => database.ReadAsync(db => UploadTable.DigestAsync(db, env.AppId, Id.Parse<UploadId>(id), ct), ct))
        {
            Hold = digest => digest is "" ? Task.CompletedTask : ledger.HoldAsync(ThingKind.Source, digest, ct),
        };

    private static Task<ReleaseRow> KeepAsync(
        DeploymentRow row, EnvRow env, ResolvedSource resolved, AppManifest app, ReleaseContents contents, IMakingProgress progress, CancellationToken ct)
    {
        var manifest = CanonicalManifest.Json(app);
        var stored = ReleaseJson.Write(contents);
        var provenance = resolved.Provenance;
        provenance["manifest"] = JsonSerializer.SerializeToNode(resolved.Manifest, DavitJson.Options);
        provenance["builtBy"] = "davitd";
        return progress.WriteAsync("release.made", async w => await HeldAsync(w, row, await ReleaseTable.MakeAsync(w, new ReleaseRow
        {
            Id = ReleaseId.From(Guid.CreateVersion7(w.At)),
            OrgId = env.OrgId,
            AppId = env.AppId,
            Number = 0,
            ManifestHash = CanonicalManifest.Hash(app),
            InputHash = CanonicalJson.HashOf([.. Encoding.UTF8.GetBytes(manifest), .. CanonicalJson.Bytes(JsonNode.Parse(stored))]),
            Manifest = manifest,
            Services = stored,
            Provenance = provenance.ToJsonString(),
            CreatedBy = row.Actor,
            CreatedAt = w.At,
        }, ct), ct), ct);
    }

    /// <summary>Until the deployment refers to its release, the hold does. One that was let go before is whole again: all of it was just made.</summary>
    private static async Task<ReleaseRow> HeldAsync(Writing writing, DeploymentRow row, ReleaseRow release, CancellationToken ct)
    {
        await ArtefactHolds.TakeAsync(writing, row.Id, new Held(ThingKind.Release, release.Id.ToString()), ct);
        await ReleaseMarks.ReviveAsync(writing, release.Id, ct);
        return release;
    }
}
