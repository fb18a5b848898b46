using Davit.ControlPlane.Disks;
using Davit.Drivers;
using Davit.Drivers.Images;
using Davit.Model;

namespace Davit.ControlPlane.Releasing;

/// <summary>Resolves images, and writes down which of them are here because of us.</summary>
internal sealed class ImagePulls(IRuntimeDriver driver, DiskGuard disk)
{
    public DiskGuard Disk => disk;

    public async Task<ImageSight> ResolveAsync(ImageRequest request, MakingLedger ledger, CancellationToken ct)
    {
        var reference = ImageReference.IsLocalId(request.Reference) ? request.Reference : ImageReference.Parse(request.Reference).ToString();

        // Held before it is looked for: what is found then stays until the release that refers to it is kept.
        await ledger.HoldImageAsync(reference, ct);
        var here = await driver.InspectImageAsync(request.Reference, ct);
        if (request.Pull is PullPolicy.Never || (request.Pull is PullPolicy.Missing && here is not null))
            return await AskAsync();

        disk.Admit($"the pull of {request.Reference}");

        // What somebody else brought here stays theirs, also when we bring a newer one under the same name.
        return here is null || await ledger.IsPulledAsync(reference, ct) ? await PullAsync(AskAsync, reference, here, ledger, ct) : await AskAsync();

        Task<ImageSight> AskAsync() => ledger.Progress.DoAsync("pull-image", request.Reference, () => driver.ResolveImageAsync(request, ct), ct);
    }

    private static async Task<ImageSight> PullAsync(Func<Task<ImageSight>> ask, string reference, ImageSight? here, MakingLedger ledger, CancellationToken ct)
    {
        await ledger.BeginPullAsync(reference, ct);
        try
        {
            var brought = await ask();
            await ledger.EndPullAsync(reference, brought, ct);
            return brought;
        }
        catch (ProblemException) when (here is null)
        {
            await ledger.ForgetPullAsync(reference, ct);
            throw;
        }
    }
}
