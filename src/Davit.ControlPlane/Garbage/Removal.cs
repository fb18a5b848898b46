using Davit.Drivers;
using Davit.Planning.Garbage;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Garbage;

/// <summary>Takes one thing away and then its row. Nothing is chosen here. What is gone already is fine, so a repeat after a crash is harmless.</summary>
internal sealed class Removal(IRuntimeDriver driver, GarbageLook look)
{
    /// <summary>
    /// Whoever deploys a release again holds the lock of its environment, whoever makes one that of its app; whoever comes to need
    /// another thing holds its own lock. All in the same order: apps, environments, things.
    /// </summary>
    public static async Task LockAsync(Writing writing, IReadOnlyList<Going> items, CancellationToken ct)
    {
        if (items.Any(i => i.Kind is ThingKind.Release))
            await EnvTable.LockOfReleasesAsync(writing, [.. items.Where(i => i.Kind is ThingKind.Release).Select(i => Model.Id.Parse<Model.ReleaseId>(i.Name))], ct);
        await ArtefactHolds.LockAsync(writing.Db, items.SelectMany(i => i.Kind is ThingKind.Image ? i.References.Select(r => new Held(i.Kind, r)) : [new Held(i.Kind, i.Name)]), ct);
    }

    public Task RemoveAsync(Writing writing, Going item, CancellationToken ct) => item.Kind switch
    {
        ThingKind.Release => ReleaseMarks.CollectAsync(writing, Model.Id.Parse<Model.ReleaseId>(item.Name), ct),
        ThingKind.Instance => driver.RemoveInstanceAsync(item.Name, ct),
        ThingKind.Network => driver.RemoveNetworkAsync(item.Name, ct),
        ThingKind.Image => ImageAsync(writing, item, ct),
        ThingKind.Upload => UploadTable.DeleteAsync(writing, Model.Id.Parse<Model.UploadId>(item.Name), ct),
        ThingKind.Source or ThingKind.Tree or ThingKind.Blob or ThingKind.DeploymentLog or ThingKind.InstanceLog or ThingKind.Temporary => Task.Run(() => look.PathsOf(item).ToList().ForEach(Delete), ct),
        ThingKind.Volume => throw new ArgumentOutOfRangeException(nameof(item), item.Kind, "data never goes by itself"),
    };

    /// <summary>By name, never by id: the engine lets the image go with its last name, so one that somebody gives it meanwhile saves it.</summary>
    private async Task ImageAsync(Writing writing, Going item, CancellationToken ct)
    {
        foreach (var reference in item.References)
        {
            // The name may have come to mean another image since it was looked at; that one is not ours to judge now.
            if (await driver.InspectImageAsync(reference, ct) is { } now && now.Id == item.RuntimeId)
                await driver.RemoveImageAsync(reference, ct);
            await ObjectLedger.MarkRemovedAsync(writing, new OwnedObject("image", reference), ct);
        }

        await PulledImages.ForgetImageAsync(writing, item.RuntimeId, ct);
    }

    /// <summary>Renamed first: a crash in the middle must not leave half of the content under the name of the whole.</summary>
    private static void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
        else if (Directory.Exists(path))
        {
            var going = $"{path}.going";
            if (Directory.Exists(going))
                Directory.Delete(going, recursive: true);
            Directory.Move(path, going);
            Directory.Delete(going, recursive: true);
        }
    }
}
