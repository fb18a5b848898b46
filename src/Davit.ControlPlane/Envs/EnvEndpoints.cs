using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Quotas;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Model.Access;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Envs;

internal static class EnvEndpoints
{
    private const int MostInstances = 100;

    public static void MapEnvs(this IEndpointRouteBuilder app)
    {
        var envs = app.MapGroup("/v1/orgs/{org}/projects/{project}/apps/{app}/envs").WithTags("Environments");
        envs.MapGet("", ListAsync).Needs("env:read").WithName("ListEnvs");
        envs.MapPost("", CreateAsync).Needs("env:create").WithName("CreateEnv");
        envs.MapGet("/{env}", GetAsync).Needs("env:read").WithName("GetEnv");
        envs.MapDelete("/{env}", DeleteAsync).Needs("env:delete").WithName("DeleteEnv");
        envs.MapGet("/{env}/status", StatusAsync).Needs("env:read").WithName("GetEnvStatus");
        envs.MapGet("/{env}/services", ServicesAsync).Needs("env:read").WithName("ListServices");
        envs.MapGet("/{env}/services/{service}", ServiceAsync).Needs("env:read").WithName("GetService");
        envs.MapGet("/{env}/instances/{instance}", InstanceAsync).Needs("env:read").WithName("GetInstance");
        envs.MapGet("/{env}/routes/{route}", RouteAsync).Needs("env:read").WithName("GetRoute");
        envs.MapGet("/{env}/instances", InstancesAsync).Needs("env:read").WithName("ListInstances");
        envs.MapGet("/{env}/routes", RoutesAsync).Needs("env:read").WithName("ListRoutes");
        envs.MapPut("/{env}/scale", ScaleAsync).Needs("env:scale").WithName("ScaleEnv");
        envs.MapPut("/{env}/stopped", StopAsync).Needs("env:stop").WithName("StopEnv");
    }

    private static async Task<Ok<Page<EnvView>>> ListAsync(
        [AsParameters] AppPath path, [AsParameters] Paging paging, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var app = await places.AppAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => EnvTable.ListAsync(db, app.Id, paging.Part(caller.Sees("env:read", ScopeLevel.Env)), ct), ct);
        return TypedResults.Ok(paging.Of(rows, View, r => r.Name));
    }

    private static async Task<Ok<EnvView>> GetAsync([AsParameters] EnvPath path, Caller caller, Places places, CancellationToken ct) =>
        TypedResults.Ok(View(await places.EnvAsync(caller, path, ct)));

    private static async Task<Created<Receipted<EnvView>>> CreateAsync(
        [AsParameters] AppPath path, CreateRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var app = await write.Places.AppAsync(caller, path, ct);
        if (body.Description is not "")
            throw new ProblemException(ApiProblems.BadBody("an environment has no 'description'"));
        var id = Id.New<EnvId>(write.Clock);
        return await Names.ReserveAsync("env", body.Name, () => write.WriteAsync(caller, id.ToString(), async w =>
        {
            await EnvTable.InsertAsync(w, id, app.Id, body.Name, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("env-create", "accepted", [id.ToString()], [("deploy into it", $"davit deploy --app {app.Name} --env {body.Name}")]), ct);
            return TypedResults.Created($"/v1/orgs/{path.Org}/projects/{path.Project}/apps/{path.App}/envs/{body.Name}",
                new Receipted<EnvView>(new(id.ToString(), app.Name, body.Name, 1, "empty", w.At), receipt));
        }, ct));
    }

    /// <summary>Accepted at once; the reconciler takes everything of the environment away and then its rows.</summary>
    private static async Task<Accepted<Receipted<EnvView>>> DeleteAsync(
        [AsParameters] EnvPath path, [AsParameters] Destruction asked, Caller caller, Writers write, CancellationToken ct)
    {
        var env = await write.Places.EnvAsync(caller, path, ct);
        var expected = asked.Check(env.Name, env.Version);
        return await write.WriteAsync(caller, env.Id.ToString(), async w =>
        {
            if (!env.Deleting && !await EnvTable.MarkDeletingAsync(w, env.Id, expected, ct))
                throw new ProblemException(ApiProblems.Moved(env.Name, expected, env.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("env-delete", env.Deleting ? "unchanged" : "accepted", [env.Id.ToString()], [("watch it go", "davit env list")]), ct);
            return TypedResults.Accepted((string?)null, new Receipted<EnvView>(View(env) with { State = "deleting" }, receipt));
        }, ct);
    }

    private static async Task<Ok<StatusView>> StatusAsync([AsParameters] EnvPath path, Caller caller, Places places, StatusReading status, CancellationToken ct) =>
        TypedResults.Ok(await status.ReadAsync(await places.EnvAsync(caller, path, ct), ct));

    private static async Task<Ok<Page<ServiceStatusView>>> ServicesAsync([AsParameters] EnvPath path, Caller caller, Places places, StatusReading status, CancellationToken ct) =>
        TypedResults.Ok(new Page<ServiceStatusView>((await status.ReadAsync(await places.EnvAsync(caller, path, ct), ct)).Services, null));

    private static async Task<Ok<Page<InstanceView>>> InstancesAsync([AsParameters] EnvPath path, Caller caller, Places places, StatusReading status, CancellationToken ct) =>
        TypedResults.Ok(new Page<InstanceView>(await status.InstancesAsync(await places.EnvAsync(caller, path, ct), ct), null));

    private static async Task<Ok<Page<RouteView>>> RoutesAsync([AsParameters] EnvPath path, Caller caller, Places places, StatusReading status, CancellationToken ct) =>
        TypedResults.Ok(new Page<RouteView>(await status.RoutesAsync(await places.EnvAsync(caller, path, ct), ct), null));

    private static async Task<Ok<ServiceStatusView>> ServiceAsync([AsParameters] EnvPath path, string service, Caller caller, Places places, StatusReading status, CancellationToken ct) =>
        TypedResults.Ok((await status.ReadAsync(await places.EnvAsync(caller, path, ct), ct)).Services.FirstOrDefault(s => s.Name == service || s.Id == service)
            ?? throw new ProblemException(ApiProblems.Missing("service", service)));

    private static async Task<Ok<InstanceView>> InstanceAsync([AsParameters] EnvPath path, string instance, Caller caller, Places places, StatusReading status, CancellationToken ct) =>
        TypedResults.Ok(await status.InstanceAsync(await places.EnvAsync(caller, path, ct), instance, ct) ?? throw new ProblemException(ApiProblems.Missing("instance", instance)));

    private static async Task<Ok<RouteView>> RouteAsync([AsParameters] EnvPath path, string route, Caller caller, Places places, StatusReading status, CancellationToken ct) =>
        TypedResults.Ok((await status.RoutesAsync(await places.EnvAsync(caller, path, ct), ct)).FirstOrDefault(r => r.Id == route) ?? throw new ProblemException(ApiProblems.Missing("route", route)));

    private static async Task<Ok<Receipted<EnvView>>> ScaleAsync(
        [AsParameters] EnvPath path, ScaleRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var env = Usable(await write.Places.EnvAsync(caller, path, ct));
        var wish = await WishAsync(env, write.Database, ct);
        foreach (var (name, count) in body.Services)
            CheckScale(wish, name, count);

        var same = body.Services.All(s => wish.WithScale(env.Scale).Find(s.Key)!.Scale == s.Value);
        return await write.WriteAsync(caller, env.Id.ToString(), async w =>
        {
            if (!same)
            {
                await EnvTable.SetScaleAsync(w, env.Id, body.Services, ct);
                await EnvShares.SettleAsync(w, env.Id, ct);
            }

            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("env-scale", same ? "unchanged" : "accepted", [env.Id.ToString()], [("see it converge", "davit status")]), ct);
            return TypedResults.Ok(new Receipted<EnvView>(View(env), receipt));
        }, ct);
    }

    private static void CheckScale(Wish wish, string name, int count)
    {
        var service = wish.Find(name) ?? throw new ProblemException(DeploymentProblems.CannotScale(name, "is no service of what serves now"));
        if (count is < 0 or > MostInstances)
            throw new ProblemException(DeploymentProblems.CannotScale(name, $"can run 0 to {MostInstances} times, not {count}"));
        if (!service.CanScale && count > 1)
            throw new ProblemException(DeploymentProblems.CannotScale(name, service.StopFirstReason is "" ? $"is a {service.Kind.ToString().ToLowerInvariant()} service and runs once" : $"can only run once ({service.StopFirstReason})"));
    }

    private static async Task<Ok<Receipted<EnvView>>> StopAsync(
        [AsParameters] EnvPath path, StopRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var env = Usable(await write.Places.EnvAsync(caller, path, ct));
        await WishAsync(env, write.Database, ct);
        return await write.WriteAsync(caller, env.Id.ToString(), async w =>
        {
            if (env.Stopped != body.Stopped)
            {
                await EnvTable.SetStoppedAsync(w, env.Id, body.Stopped, ct);
                await EnvShares.SettleAsync(w, env.Id, ct);
            }

            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft(body.Stopped ? "env-stop" : "env-start", env.Stopped == body.Stopped ? "unchanged" : "accepted", [env.Id.ToString()],
                [body.Stopped ? ("start it again", "davit start") : ("see it come up", "davit status")]), ct);
            return TypedResults.Ok(new Receipted<EnvView>(View(env with { Stopped = body.Stopped }), receipt));
        }, ct);
    }

    private static async Task<Wish> WishAsync(EnvRow env, Database database, CancellationToken ct)
    {
        var serving = env.ServingId is { } id ? await database.ReadAsync(db => DeploymentTable.GetAsync(db, id, ct), ct) : null;
        return serving?.Wish is { } wish ? WishJson.Read(wish) : throw new ProblemException(DeploymentProblems.NothingDeployed(env.Name));
    }

    public static EnvRow Usable(EnvRow env) => env.Deleting ? throw new ProblemException(DeploymentProblems.EnvironmentLeaves(env.Name)) : env;

    public static EnvView View(EnvRow row) => new(row.Id.ToString(), row.AppName, row.Name, row.Version,
        row.Deleting ? "deleting" : row.Stopped ? "stopped" : row.ServingId is null ? "empty" : "serving", row.CreatedAt)
    {
        Deployment = row.ServingId?.ToString(), Protected = row.IsProtected,
    };
}
