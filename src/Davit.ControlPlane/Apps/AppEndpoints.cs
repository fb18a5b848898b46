using Davit.ControlPlane.Access;
using Davit.ControlPlane.Receipts;
using Davit.Drivers;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Resources;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Apps;

internal static class AppEndpoints
{
    public static void MapApps(this IEndpointRouteBuilder app)
    {
        var apps = app.MapGroup("/v1/orgs/{org}/projects/{project}/apps").WithTags("Apps");
        apps.MapGet("", ListAsync).Needs("app:read").WithName("ListApps");
        apps.MapPost("", CreateAsync).Needs("app:create").WithName("CreateApp");
        apps.MapGet("/{app}", GetAsync).Needs("app:read").WithName("GetApp");
        apps.MapPatch("/{app}", UpdateAsync).Needs("app:update").WithName("UpdateApp");
        apps.MapDelete("/{app}", DeleteAsync).Needs("app:delete").WithName("DeleteApp");
    }

    private static async Task<Ok<Page<AppView>>> ListAsync(
        [AsParameters] ProjectPath path, [AsParameters] Paging paging, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var project = await places.ProjectAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => AppTable.ListAsync(db, project.Id, paging.Part(caller.Sees("app:read", ScopeLevel.App)), ct), ct);
        return TypedResults.Ok(paging.Of(rows, r => View(r, project.Name), r => r.Name));
    }

    private static async Task<Ok<AppView>> GetAsync([AsParameters] AppPath path, Caller caller, Places places, CancellationToken ct) =>
        TypedResults.Ok(View(await places.AppAsync(caller, path, ct), path.Project));

    private static async Task<Created<Receipted<AppView>>> CreateAsync(
        [AsParameters] ProjectPath path, CreateRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var project = await write.Places.ProjectAsync(caller, path, ct);
        var row = new AppRow
        {
            Id = Id.New<AppId>(write.Clock), OrgId = caller.Org, ProjectId = project.Id, Name = body.Name, Description = Names.CheckDescription(body.Description), Version = 1, CreatedAt = write.Clock.GetUtcNow(),
        };
        return await Names.ReserveAsync("app", body.Name, () => write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            await AppTable.InsertAsync(w, row, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("app-create", "accepted", [row.Id.ToString()], [("deploy into it", $"davit deploy --app {row.Name}")]), ct);
            return TypedResults.Created($"/v1/orgs/{path.Org}/projects/{path.Project}/apps/{row.Name}", new Receipted<AppView>(View(row, project.Name), receipt));
        }, ct));
    }

    private static async Task<Ok<Receipted<AppView>>> UpdateAsync(
        [AsParameters] AppPath path, UpdateRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await write.Places.AppAsync(caller, path, ct);
        var expected = body.ExpectedVersion ?? throw new ProblemException(ApiProblems.NeedsVersion(row.Version));
        var (name, description) = (body.Name ?? row.Name, Names.CheckDescription(body.Description ?? row.Description));
        return await Names.ReserveAsync("app", name, () => write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await AppTable.UpdateAsync(w, row.Id, expected, name, description, ct))
                throw new ProblemException(ApiProblems.Moved(row.Name, expected, row.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("app-update", "accepted", [row.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<AppView>(View(row, path.Project) with { Name = name, Description = description, Version = row.Version + 1 }, receipt));
        }, ct));
    }

    /// <summary>The images built for the app go with it; those of anybody else are not even looked at.</summary>
    private static async Task<Ok<Receipted<AppView>>> DeleteAsync(
        [AsParameters] AppPath path, [AsParameters] Destruction asked, Caller caller, Writers write, IRuntimeDriver driver, CancellationToken ct)
    {
        var row = await write.Places.AppAsync(caller, path, ct);
        var expected = asked.Check(row.Name, row.Version);
        var held = await write.Database.ReadAsync(db => EnvTable.ListAsync(db, row.Id, new ListPart("", 20), ct), ct);
        if (held.Count > 0)
            throw new ProblemException(ApiProblems.Holds("app", row.Name, [.. held.Select(e => $"environment {e.Name}")]));

        foreach (var image in await write.Database.ReadAsync(db => ObjectLedger.OfAppAsync(db, row.Id, ct), ct))
            await driver.RemoveImageAsync(image.Name, ct);

        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await AppTable.DeleteAsync(w, row.Id, expected, ct))
                throw new ProblemException(ApiProblems.Moved(row.Name, expected, row.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("app-delete", "accepted", [row.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<AppView>(View(row, path.Project), receipt));
        }, ct);
    }

    private static AppView View(AppRow row, string project) => new(row.Id.ToString(), project, row.Name, row.Description, row.Version, row.CreatedAt);
}
