using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Content;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.Reconciling;
using Davit.Model;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Envs;

internal static class DriftEndpoints
{
    public static void MapDrift(this IEndpointRouteBuilder app)
    {
        var drift = app.MapGroup("/v1/orgs/{org}/projects/{project}/apps/{app}/envs/{env}/drift").WithTags("Environments");
        drift.MapGet("", GetAsync).Needs("env:read").WithName("GetDrift");
        drift.MapPut("", SetPolicyAsync).Needs("env:drift").WithName("SetDriftPolicy");
    }

    /// <summary>Looks now and changes nothing.</summary>
    private static async Task<Ok<DriftView>> GetAsync([AsParameters] EnvPath path, Caller caller, Places places, Database database, Observer observer, StepRunner steps, TreeWatch trees, CancellationToken ct)
    {
        var env = await places.EnvAsync(caller, path, ct);
        var (have, made, unseen) = await observer.LookAtLedgerTooAsync(env, ct);
        var serving = env.ServingId is { } id ? await database.ReadAsync(db => DeploymentTable.GetAsync(db, id, ct), ct) : null;
        var wish = serving?.Wish is { } stored ? WishJson.Read(stored).WithScale(env.Scale) : new Wish(default, env.AppName, env.Name);
        var left = made with { Slice = steps.ToldSlice(env.Id), Instances = made.Instances.RemoveRange(unseen.Where(u => have.Instances.All(i => i.Id != u))) };
        wish = env.Stopped ? wish.Stopped() : wish;
        var differences = Drift.Of(wish, left, have with { Damaged = await trees.DamagedAsync(wish, ct) });
        return TypedResults.Ok(new DriftView(env.AppName, env.Name, env.DriftPolicy, have.At, [.. differences.Select(d => new DifferenceView(d.Kind, d.Name, d.Left, d.Found))]));
    }

    private static async Task<Ok<Receipted<EnvView>>> SetPolicyAsync([AsParameters] EnvPath path, DriftPolicyRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        if (body.Policy is not ("repair" or "report"))
            throw new ProblemException(ApiProblems.BadBody($"'policy' is 'repair' or 'report', not '{body.Policy}'"));
        var env = EnvEndpoints.Usable(await write.Places.EnvAsync(caller, path, ct));
        return await write.WriteAsync(caller, env.Id.ToString(), async w =>
        {
            if (env.DriftPolicy != body.Policy)
                await EnvTable.SetDriftPolicyAsync(w, env.Id, body.Policy, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("env-drift-policy", env.DriftPolicy == body.Policy ? "unchanged" : "done", [env.Id.ToString()], [("see what differs", "davit drift")]), ct);
            return TypedResults.Ok(new Receipted<EnvView>(EnvEndpoints.View(env), receipt));
        }, ct);
    }
}
