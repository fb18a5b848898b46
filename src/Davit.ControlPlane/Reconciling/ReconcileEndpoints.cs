using Davit.ControlPlane.Access;
using Davit.ControlPlane.Leases;
using Davit.Model;
using Davit.Store;
using Davit.Store.Leases;
using Davit.Store.Releasing;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Reconciling;

/// <summary>Who leads, what is under way, and what does not get on.</summary>
internal static class ReconcileEndpoints
{
    public static void MapReconcile(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/orgs/{org}/reconcile", StatusAsync).Needs("reconcile:read").WithName("GetReconcile").WithTags("Server");

    private static async Task<Ok<ReconcileView>> StatusAsync(string org, Caller caller, Apps.Places places, Database database, LeaseKeeper keeper, TimeProvider clock, CancellationToken ct)
    {
        await places.OrgAsync(caller, new(org), ct);
        var leases = await database.ReadAsync(db => LeaseTable.ListAsync(db, ct), ct);
        var effects = await database.ReadAsync(db => EffectTable.OpenAsync(db, caller.Org, ct), ct);
        var unfinished = await database.ReadAsync(db => DeploymentTable.AllUnfinishedAsync(db, caller.Org, ct), ct);
        var held = leases.Where(l => l.IsHeld).ToList();
        var leader = held.FirstOrDefault(l => l.Name is Lease.Leader);
        var ours = unfinished.Select(u => DeploymentTable.MakingLease(u.Id)).ToHashSet(StringComparer.Ordinal);
        return TypedResults.Ok(new ReconcileView(leader is null ? null : View(leader), keeper.Holder, clock.GetUtcNow())
        {
            Makings = [.. held.Where(l => ours.Contains(l.Name)).Select(View)],
            Effects = [.. effects.Select(e => new EffectView(e.Name, e.Subject, e.EnvId.ToString(), e.DeploymentId?.ToString(), e.Holder, e.Fence, e.BeganAt))],
            Unfinished = [.. unfinished.Select(u => Unfinished(u, clock.GetUtcNow(), leader is not null))],
        });
    }

    private static UnfinishedView Unfinished(DeploymentRow row, DateTimeOffset now, bool isLed)
    {
        var phase = row.Phases.FirstOrDefault(p => p.Status is PhaseStatus.Running);
        return new UnfinishedView(row.Id.ToString(), row.EnvId.ToString(), (phase?.Phase ?? Phase.Queued).ToString().ToLowerInvariant(), phase?.Detail ?? "",
            phase?.StartedAt ?? row.CreatedAt, phase?.Deadline, phase?.Holder ?? "", !isLed || PhaseLog.Overdue(row.Phases, now) is not null);
    }

    private static LeaseView View(LeaseRow row) => new(row.Name, row.Holder, row.Fence, row.TakenAt, row.ExpiresAt);
}
