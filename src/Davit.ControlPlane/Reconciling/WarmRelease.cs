using Davit.Model;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Releasing;

namespace Davit.ControlPlane.Reconciling;

/// <summary>
/// The release that a blue-green deployment took the place of, and until when it stays up. Both follow from what is stored
/// about the two deployments, so that a davitd that ends meanwhile loses nothing.
/// </summary>
internal sealed record WarmRelease(DeploymentId Deployment, Wish Wish, DateTimeOffset Until)
{
    public static async Task<WarmRelease?> FindAsync(Database database, DeploymentRow serving, DateTimeOffset now, CancellationToken ct)
    {
        if (serving is not { State: DeploymentState.Live live, Wish: { } wish } || WishJson.Read(wish).Takeover is not TakeoverWish.BlueGreen blueGreen || blueGreen.Keep.HasPassed(live.Since, now))
            return null;

        return await database.ReadAsync(db => DeploymentTable.ReplacedByAsync(db, serving, ct), ct) is { Wish: { } former } row ? new(row.Id, WishJson.Read(former), live.Since + blueGreen.Keep) : null;
    }
}
