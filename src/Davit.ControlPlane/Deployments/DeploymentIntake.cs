using System.Text.Json;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Plans;
using Davit.ControlPlane.Quotas;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.Reconciling;
using Davit.ControlPlane.Releasing;
using Davit.Model;
using Davit.Planning.Garbage;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Deployments;

/// <summary>Checks a wish to deploy and puts it in the queue. What can be refused at once is refused at once.</summary>
internal sealed class DeploymentIntake(Writers write, PlanMaker plans, SourceReading sources, StoredWishes stored, DeploymentJournal journal)
{
    private readonly Database _database = write.Database;

    public async Task<Accepted<Receipted<DeploymentView>>> AcceptAsync(EnvRow env, DeployRequest request, Caller caller, CancellationToken ct)
    {
        var id = Id.New<DeploymentId>(write.Clock);
        await CheckAsync(env, request, caller, id, ct);
        var row = await DraftAsync(env, request, caller, id, ct);
        return await write.WriteAsync(caller, id.ToString(), async w =>
        {
            await EnvTable.LockAsync(w, env.Id, ct);
            var needed = await NeededAsync(w, env, row, request.Source, ct);
            var ahead = await OvertakeAsync(w, await DeploymentTable.LockUnfinishedAsync(w, env.Id, ct), row, request.Queue, ct);
            var queued = await DeploymentTable.InsertAsync(w, ahead is [.., var last] ? row with { State = new DeploymentState.Waiting(w.At, $"deployment #{last.Number}") } : row, ct);
            await EnvShares.SettleAsync(w, env.Id, ct);
            if (needed is { } release)
                await ArtefactHolds.TakeAsync(w, queued.Id, new Held(ThingKind.Release, release.ToString()), ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("deployment-create", "accepted", DeploymentTable.Subjects(queued), [("follow it", $"davit wait {id}"), ("stop it", $"davit cancel {id}")]), ct);
            return TypedResults.Accepted($"deployments/{id}", new Receipted<DeploymentView>(DeploymentViews.Of(queued, null, []), receipt));
        }, ct);
    }

    /// <summary>
    /// The release that is deployed again. Asked under the environment's lock, which a collection of the release holds too: it
    /// is either refused here or seen there.
    /// </summary>
    private static async Task<ReleaseId?> NeededAsync(Writing writing, EnvRow env, DeploymentRow row, DeploymentSource source, CancellationToken ct)
    {
        var needed = row.ReleaseId ?? (source is DeploymentSource.Release named ? (await ReleaseTable.FindAsync(writing.Db, env.AppId, named.Id, ct))?.Id : null);
        return needed is { } release && await ReleaseMarks.IsCollectedAsync(writing.Db, release, ct)
            ? throw new ProblemException(DeploymentProblems.ReleaseCollected(release.ToString()))
            : needed;
    }

    /// <summary>The manifest's faults and a plan that moved are told before anything is queued.</summary>
    private async Task CheckAsync(EnvRow env, DeployRequest request, Caller caller, DeploymentId id, CancellationToken ct)
    {
        Allowances.RequireSource(request.Source, caller);
        if (request.Queue is not ("all" or "newest"))
            throw new ProblemException(ApiProblems.BadBody($"'queue' is 'all' or 'newest', not '{request.Queue}'"));
        if (request.Source.Set.Count > 0)
            caller.Require("variable:set", caller.Target);
        if (request.Source is { Set.Count: > 0 } and (DeploymentSource.Former or DeploymentSource.Serving))
            throw new ProblemException(VariableProblems.NoOverride(request.Source is DeploymentSource.Former ? "rollback" : "restart"));
        if (request.Plan is { } wanted)
        {
            var plan = await plans.MakeAsync(env, request.Source, id.ToString(), Allowances.Of(caller), ct);
            if (plan.Hash != wanted)
                throw new ProblemException(DeploymentProblems.PlanHasMoved(wanted, plan.Hash));
        }
        else if (request.Source is DeploymentSource.Upload or DeploymentSource.Image { Port: not null })
        {
            Allowances.Require((await sources.ReadAsync(env, request.Source, new SourceScope(id.ToString(), UploadAsync), ct)).App, Allowances.Of(caller));
        }

        Task<string?> UploadAsync(string upload) => _database.ReadAsync(db => UploadTable.DigestAsync(db, env.AppId, Id.Parse<UploadId>(upload), ct), ct);
    }

    private async Task<DeploymentRow> DraftAsync(EnvRow env, DeployRequest request, Caller caller, DeploymentId id, CancellationToken ct)
    {
        var row = new DeploymentRow
        {
            Id = id,
            OrgId = env.OrgId,
            EnvId = env.Id,
            Number = 0,
            Kind = request.Force ? "restart" : "deploy",
            Source = JsonSerializer.Serialize(await sources.Sealing.SealAsync(env, request.Source, ct), DavitJson.Options),
            State = new DeploymentState.Queued(write.Clock.GetUtcNow()),
            Phases = PhaseLog.Enter(PhaseLog.Fresh, Phase.Queued, "", "", write.Clock.GetUtcNow()),
            Facts = "{}",
            PlanHash = request.Plan,
            Actor = caller.Actor,
            RequestId = caller.RequestId,
            Reason = request.Reason,
            Allowances = Allowances.Of(caller),
            Version = 1,
            CreatedAt = write.Clock.GetUtcNow(),
        };
        return request.Source switch
        {
            DeploymentSource.Former former => With(row, "rollback", await stored.OfAsync(env, former, ct)),
            DeploymentSource.Serving serving => With(row, "restart", await stored.OfAsync(env, serving, row.Id.ToString(), ct)),
            DeploymentSource.Upload or DeploymentSource.Image or DeploymentSource.Repository or DeploymentSource.Release => row,
        };
    }

    private static DeploymentRow With(DeploymentRow row, string kind, StoredWish known) => row with { Kind = kind, ReleaseId = known.Release, Wish = WishJson.Write(known.Wish) };

    /// <summary>Going back overtakes whatever is still on its way forward; the newest takes the place of what has not begun.</summary>
    /// <returns>Those that the new deployment waits for.</returns>
    private async Task<IReadOnlyList<DeploymentRow>> OvertakeAsync(Writing writing, IReadOnlyList<DeploymentRow> ahead, DeploymentRow row, string queue, CancellationToken ct)
    {
        if (row.Kind is "rollback")
        {
            foreach (var running in ahead)
                await DeploymentTable.RequestCancelAsync(writing, running, ct);
        }
        else if (queue is "newest")
        {
            foreach (var waiting in ahead.Where(d => !HasTurn(d, ahead)))
                await journal.SupersedeAsync(writing, waiting, row.Id, ct);
            return [.. ahead.Where(d => HasTurn(d, ahead))];
        }

        return ahead;
    }

    /// <summary>The first in line has the turn as soon as it is known what it wants; before that it only builds.</summary>
    private static bool HasTurn(DeploymentRow row, IReadOnlyList<DeploymentRow> line) => row.Id == line[0].Id && row.Wish is not null;
}
