using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Envs;
using Davit.ControlPlane.Plans;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.Releasing;
using Davit.Model;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Deployments;

internal static class DeploymentEndpoints
{
    public static void MapDeployments(this IEndpointRouteBuilder app)
    {
        var deployments = app.MapGroup("/v1/orgs/{org}/projects/{project}/apps/{app}/envs/{env}").WithTags("Deployments");
        deployments.MapPost("/plans", PlanAsync).Needs("deployment:plan").WithName("MakePlan");
        deployments.MapPost("/deployments", CreateAsync).Needs("deployment:create").WithName("CreateDeployment");
        deployments.MapGet("/deployments", ListAsync).Needs("deployment:read").WithName("ListDeployments");
        deployments.MapGet("/deployments/{deployment}", GetAsync).Needs("deployment:read").WithName("GetDeployment");
        deployments.MapGet("/deployments/{deployment}/wait", WaitAsync).Needs("deployment:read").WithMetadata(new Lasting()).WithName("WaitDeployment");
        deployments.MapPost("/deployments/{deployment}/cancel", CancelAsync).Needs("deployment:cancel").WithName("CancelDeployment");
    }

    private static async Task<Ok<PlanView>> PlanAsync([AsParameters] EnvPath path, DeployRequest body, Caller caller, Places places, PlanMaker plans, CancellationToken ct)
    {
        var env = EnvEndpoints.Usable(await places.EnvAsync(caller, path, ct));
        Allowances.RequireSource(body.Source, caller);
        return TypedResults.Ok(await plans.MakeAsync(env, body.Source, $"plan-{caller.RequestId}", Allowances.Of(caller), ct));
    }

    private static async Task<Accepted<Receipted<DeploymentView>>> CreateAsync(
        [AsParameters] EnvPath path, DeployRequest body, Caller caller, Places places, DeploymentIntake intake, CancellationToken ct) =>
        await intake.AcceptAsync(EnvEndpoints.Usable(await places.EnvAsync(caller, path, ct)), body, caller, ct);

    private static async Task<Ok<Page<DeploymentView>>> ListAsync(
        [AsParameters] EnvPath path, [AsParameters] Paging paging, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var env = await places.EnvAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => DeploymentTable.ListAsync(db, env.Id, paging.Before(), paging.Take + 1, ct), ct);
        var numbers = await database.ReadAsync(db => ReleaseTable.NumbersAsync(db, env.AppId, ct), ct);
        return TypedResults.Ok(paging.Of(rows, r => DeploymentViews.Of(r, NumberOf(r, numbers), []), r => r.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static async Task<Ok<DeploymentView>> GetAsync(
        [AsParameters] EnvPath path, string deployment, Caller caller, Places places, Database database, StatusReading status, CancellationToken ct)
    {
        var env = await places.EnvAsync(caller, path, ct);
        return TypedResults.Ok(await ViewAsync(await FindAsync(database, env, deployment, ct), env, database, status, ct));
    }

    /// <summary>Answers when the deployment has changed since <paramref name="seen"/>, has ended, or 30 seconds have passed.</summary>
    private static async Task<Ok<DeploymentView>> WaitAsync(
        [AsParameters] EnvPath path, string deployment, string? seen, Caller caller, DeploymentWatch watch, CancellationToken ct)
    {
        var env = await watch.Places.EnvAsync(caller, path, ct);
        var deadline = watch.Clock.GetUtcNow() + TimeSpan.FromSeconds(30);
        while (true)
        {
            var row = await FindAsync(watch.Database, env, deployment, ct);
            if (row.State.IsFinal || row.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) != seen || watch.Clock.GetUtcNow() >= deadline)
                return TypedResults.Ok((await ViewAsync(row, env, watch.Database, watch.Status, ct)) with { Version = row.Version });
            await watch.Signals.NextAsync(TimeSpan.FromSeconds(5), ct);
        }
    }

    private static async Task<Ok<Receipted<DeploymentView>>> CancelAsync(
        [AsParameters] EnvPath path, string deployment, Caller caller, Writers write, CancellationToken ct)
    {
        var env = await write.Places.EnvAsync(caller, path, ct);
        var row = await FindAsync(write.Database, env, deployment, ct);
        if (row.State.IsFinal)
            throw new ProblemException(DeploymentProblems.TooLateToCancel(row.Id.ToString(), row.State.ToString()));

        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            await DeploymentTable.RequestCancelAsync(w, row, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("deployment-cancel", row.CancelBy is null ? "accepted" : "unchanged", [row.Id.ToString()], [("see how it ends", $"davit wait {row.Id}")]), ct);
            return TypedResults.Ok(new Receipted<DeploymentView>(DeploymentViews.Of(row, null, []), receipt));
        }, ct);
    }

    private static async Task<DeploymentRow> FindAsync(Database database, EnvRow env, string reference, CancellationToken ct) =>
        await database.ReadAsync(db => DeploymentTable.FindAsync(db, env.Id, reference, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("deployment", reference));

    private static async Task<DeploymentView> ViewAsync(DeploymentRow row, EnvRow env, Database database, StatusReading status, CancellationToken ct)
    {
        var numbers = await database.ReadAsync(db => ReleaseTable.NumbersAsync(db, env.AppId, ct), ct);
        return DeploymentViews.Of(row, NumberOf(row, numbers), row.Wish is { } wish && row.State is DeploymentState.Live ? status.Urls(WishJson.Read(wish)) : []) with { Version = row.Version };
    }

    private static int? NumberOf(DeploymentRow row, IReadOnlyDictionary<ReleaseId, int> numbers) =>
        row.ReleaseId is { } id && numbers.TryGetValue(id, out var number) ? number : null;
}

/// <summary>What waiting for a deployment needs.</summary>
internal sealed record DeploymentWatch(Places Places, Database Database, StatusReading Status, Events.EventSignals Signals, TimeProvider Clock);
