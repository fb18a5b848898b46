using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Envs;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.Reconciling;
using Davit.Model;
using Davit.Planning.Canaries;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Deployments;

/// <summary>The canary that is under way in an environment: how it does, and what people decide about it. The loop carries it out.</summary>
internal static class CanaryEndpoints
{
    public static void MapCanaries(this IEndpointRouteBuilder app)
    {
        var canary = app.MapGroup("/v1/orgs/{org}/projects/{project}/apps/{app}/envs/{env}/canary").WithTags("Deployments");
        canary.MapGet("", GetAsync).Needs("deployment:read").WithName("GetCanary");
        canary.MapPost("", DecideAsync).Needs("deployment:canary").WithName("DecideCanary");
    }

    private static async Task<Ok<CanaryView>> GetAsync([AsParameters] EnvPath path, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var env = await places.EnvAsync(caller, path, ct);
        return TypedResults.Ok(CanaryViews.Of(UnderWay(await database.ReadAsync(db => DeploymentTable.UnfinishedAsync(db, env.Id, ct), ct), env))!);
    }

    private static async Task<Ok<Receipted<CanaryView>>> DecideAsync([AsParameters] EnvPath path, CanaryRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var env = EnvEndpoints.Usable(await write.Places.EnvAsync(caller, path, ct));
        if (body.Action is not ("promote" or "pause" or "resume" or "abort"))
            throw new ProblemException(ApiProblems.BadBody($"'action' is 'promote', 'pause', 'resume' or 'abort', not '{body.Action}'"));

        return await write.WriteAsync(caller, env.Id.ToString(), async w =>
        {
            var row = UnderWay(await DeploymentTable.LockUnfinishedAsync(w, env.Id, ct), env);
            var isNews = body.Action is "abort" ? row.CancelBy is null : Next(row, body.Action, caller.Actor, w.At) != DeploymentJournal.FactsOf(row).Canary;
            if (body.Action is "abort")
                await DeploymentTable.RequestCancelAsync(w, row, ct);
            else if (isNews)
                row = await SaveAsync(w, row, Next(row, body.Action, caller.Actor, w.At), ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft($"canary-{body.Action}", isNews ? "accepted" : "unchanged", DeploymentTable.Subjects(row), [("see how it ends", $"davit wait {row.Id}")]), ct);
            return TypedResults.Ok(new Receipted<CanaryView>(CanaryViews.Of(row)!, receipt));
        }, ct);
    }

    /// <summary>What is decided twice is decided once.</summary>
    private static CanaryFact Next(DeploymentRow row, string action, string actor, DateTimeOffset now) => (action, DeploymentJournal.FactsOf(row).Canary!) switch
    {
        ("promote", var fact) => fact.Promote($"promoted by {actor}"),
        ("pause", { State: CanaryState.Running } fact) => fact.Pause($"paused by {actor}"),
        ("resume", { State: CanaryState.Paused } fact) => fact.Resume(now),
        (_, var fact) => fact,
    };

    private static Task<DeploymentRow> SaveAsync(Writing writing, DeploymentRow row, CanaryFact next, CancellationToken ct)
    {
        var canary = (TakeoverWish.Canary)WishJson.Read(row.Wish!).Takeover!;
        writing.Wake(row.EnvId);
        writing.Record(new(next.State is CanaryState.Running ? "canary.resumed" : CanaryViews.EventOf(next), DeploymentTable.Subjects(row), []));
        return DeploymentTable.SaveAsync(writing, CanaryViews.Show(row, canary, next, writing.At) with
        {
            Facts = DeploymentJournal.Write(DeploymentJournal.FactsOf(row) with { Canary = next }),
        }, ct);
    }

    private static DeploymentRow UnderWay(IReadOnlyList<DeploymentRow> unfinished, EnvRow env) =>
        unfinished.FirstOrDefault(r => DeploymentJournal.FactsOf(r).Canary is { State: CanaryState.Running or CanaryState.Paused })
        ?? throw new ProblemException(DeploymentProblems.NoCanary(env.Name));
}
