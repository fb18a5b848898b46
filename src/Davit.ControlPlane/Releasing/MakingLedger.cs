using Davit.ControlPlane.Content;
using Davit.Drivers.Images;
using Davit.Model;
using Davit.Planning.Garbage;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Releasing;

/// <summary>What a deployment in the making writes down before it does it or looks for it. See <see cref="ArtefactHolds"/> for why before.</summary>
internal sealed class MakingLedger(Database database, DeploymentId deployment, IMakingProgress progress)
{
    public IMakingProgress Progress => progress;

    public Task HoldAsync(ThingKind kind, string digest, CancellationToken ct) => HoldNameAsync(kind, Digits(digest), ct);

    public Task HoldImageAsync(string reference, CancellationToken ct) => HoldNameAsync(ThingKind.Image, reference, ct);

    /// <summary>The ledger knows an image before it exists, so a crash leaves none that nobody owns.</summary>
    public Task RegisterBuildsAsync(AppId app, IEnumerable<string> tags, CancellationToken ct) => WriteAsync("image.assigned", async w =>
    {
        foreach (var tag in tags.Order(StringComparer.Ordinal))
        {
            await ArtefactHolds.TakeAsync(w, deployment, new Held(ThingKind.Image, tag), ct);
            await ObjectLedger.InsertAsync(w, app, null, new OwnedObject("image", tag), ct);
        }
    }, ct);

    /// <summary>Puts a directory of a source into the content store.</summary>
    public async Task<string> KeepTreeAsync(ContentStore content, string directory, string subject, CancellationToken ct)
    {
        var digest = await ContentStore.HashAsync(directory, ct);
        await HoldAsync(ThingKind.Tree, digest, ct);
        await progress.DoAsync("keep-tree", subject, () => Task.Run(() => content.AddTreeAsync(directory, digest, ct), ct), ct);
        return digest;
    }

    public async Task<string> KeepBlobAsync(ContentStore content, byte[] bytes, CancellationToken ct)
    {
        await HoldAsync(ThingKind.Blob, CanonicalJson.HashOf(bytes), ct);
        return await content.AddBlobAsync(bytes, ct);
    }

    /// <param name="digest">What sealed bytes are known by.</param>
    public async Task KeepBlobAsync(ContentStore content, string digest, byte[] bytes, CancellationToken ct)
    {
        await HoldAsync(ThingKind.Blob, digest, ct);
        await content.AddBlobAsync(digest, bytes, ct);
    }

    public Task<bool> IsPulledAsync(string reference, CancellationToken ct) => database.ReadAsync(db => PulledImages.IsOursAsync(db, reference, ct), ct);

    public Task BeginPullAsync(string reference, CancellationToken ct) => WriteAsync("image.awaited", w => PulledImages.IntendAsync(w, reference, ct), ct);

    public Task EndPullAsync(string reference, ImageSight brought, CancellationToken ct) => WriteAsync("image.arrived", w =>
        PulledImages.ArriveAsync(w, reference, brought.Id, brought.Pinned.Contains('@', StringComparison.Ordinal) ? [reference, brought.Pinned] : [reference], ct), ct);

    public Task ForgetPullAsync(string reference, CancellationToken ct) => WriteAsync("image.missed", w => PulledImages.ForgetAsync(w, reference, "", ct), ct);

    public static string Digits(string digest) => digest["sha256:".Length..];

    private Task<bool> HoldNameAsync(ThingKind kind, string name, CancellationToken ct) => WriteAsync("hold.taken", w => ArtefactHolds.TakeAsync(w, deployment, new Held(kind, name), ct), ct);

    private Task<bool> WriteAsync(string name, Func<Writing, Task> work, CancellationToken ct) => progress.WriteAsync(name, async w =>
    {
        await work(w);
        return true;
    }, ct);
}

/// <summary>One release in the making.</summary>
/// <param name="Env">Where it is made for first.</param>
internal sealed record MakingScope(MakingLedger Ledger, ImageMark Mark, EnvRow Env)
{
    public IMakingProgress Progress => Ledger.Progress;
}
