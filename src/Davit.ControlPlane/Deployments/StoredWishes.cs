using Davit.ControlPlane.Releasing;
using Davit.Model;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;

namespace Davit.ControlPlane.Deployments;

/// <summary>A wish that needs no release to be made, because an earlier deployment has stored it.</summary>
internal sealed record StoredWish(ReleaseId? Release, Wish Wish);

internal sealed class StoredWishes(Database database)
{
    /// <summary>A rollback wishes again what was wished then; nothing is built.</summary>
    public async Task<StoredWish> OfAsync(EnvRow env, DeploymentSource.Former former, CancellationToken ct)
    {
        var serving = await ServingAsync(env, ct);
        var target = former.Id is ""
            ? await database.ReadAsync(db => DeploymentTable.PreviousServedAsync(db, serving, ct), ct) ?? throw new ProblemException(DeploymentProblems.NothingBefore(env.Name))
            : await database.ReadAsync(db => DeploymentTable.FindTargetAsync(db, env.Id, former.Id, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("deployment", former.Id));
        if (!target.State.CanBeRolledBackTo || target.Wish is null)
            throw new ProblemException(DeploymentProblems.CannotReturnTo(target.Id.ToString(), target.State.ToString()));

        if (target.ReleaseId is { } release && await database.ReadAsync(db => ReleaseMarks.IsCollectedAsync(db, release, ct), ct))
            throw new ProblemException(DeploymentProblems.ReleaseCollected(release.ToString()));

        // Release commands and small steps belong to going forward; going back must not run them again, and is done at once.
        return new(target.ReleaseId, WishJson.Read(target.Wish) with { Commands = [], Takeover = null });
    }

    /// <summary>A restart wishes what serves, with instances of its own.</summary>
    public async Task<StoredWish> OfAsync(EnvRow env, DeploymentSource.Serving what, string generation, CancellationToken ct)
    {
        var serving = await ServingAsync(env, ct);
        var wish = WishJson.Read(serving.Wish!);
        if (what.Service is not "" && wish.Find(what.Service) is null)
            throw new ProblemException(ApiProblems.Missing("service", what.Service));
        return new(serving.ReleaseId, WishMaker.Renew(wish, what.Service, generation));
    }

    private async Task<DeploymentRow> ServingAsync(EnvRow env, CancellationToken ct) =>
        (env.ServingId is { } id ? await database.ReadAsync(db => DeploymentTable.GetAsync(db, id, ct), ct) : null)
        ?? throw new ProblemException(DeploymentProblems.NothingDeployed(env.Name));
}
