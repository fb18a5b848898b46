using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.Resources;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Projects;

internal static class ProjectEndpoints
{
    public static void MapProjects(this IEndpointRouteBuilder app)
    {
        var projects = app.MapGroup("/v1/orgs/{org}/projects").WithTags("Projects");
        projects.MapGet("", ListAsync).Needs("project:read").WithName("ListProjects");
        projects.MapPost("", CreateAsync).Needs("project:create").WithName("CreateProject");
        projects.MapGet("/{project}", GetAsync).Needs("project:read").WithName("GetProject");
        projects.MapPatch("/{project}", UpdateAsync).Needs("project:update").WithName("UpdateProject");
        projects.MapDelete("/{project}", DeleteAsync).Needs("project:delete").WithName("DeleteProject");
    }

    private static async Task<Ok<Page<ProjectView>>> ListAsync(
        [AsParameters] OrgPath path, [AsParameters] Paging paging, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => ProjectTable.ListAsync(db, org.Id, paging.Part(caller.Sees("project:read", ScopeLevel.Project)), ct), ct);
        return TypedResults.Ok(paging.Of(rows, View, r => r.Name));
    }

    private static async Task<Ok<ProjectView>> GetAsync([AsParameters] ProjectPath path, Caller caller, Places places, CancellationToken ct) =>
        TypedResults.Ok(View(await places.ProjectAsync(caller, path, ct)));

    private static async Task<Created<Receipted<ProjectView>>> CreateAsync(
        [AsParameters] OrgPath path, CreateRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        await write.Places.OrgAsync(caller, path, ct);
        var description = Names.CheckDescription(body.Description);
        var id = Id.New<ProjectId>(write.Clock);
        return await Names.ReserveAsync("project", body.Name, () => write.WriteAsync(caller, id.ToString(), async w =>
        {
            await ProjectTable.InsertAsync(w, id, body.Name, description, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("project-create", "accepted", [id.ToString()], [("create an app in it", $"davit app create NAME --project {body.Name}")]), ct);
            return TypedResults.Created($"/v1/orgs/{path.Org}/projects/{body.Name}", new Receipted<ProjectView>(new(id.ToString(), body.Name, description, 1, w.At), receipt));
        }, ct));
    }

    private static async Task<Ok<Receipted<ProjectView>>> UpdateAsync(
        [AsParameters] ProjectPath path, UpdateRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await write.Places.ProjectAsync(caller, path, ct);
        var expected = body.ExpectedVersion ?? throw new ProblemException(ApiProblems.NeedsVersion(row.Version));
        var (name, description) = (body.Name ?? row.Name, Names.CheckDescription(body.Description ?? row.Description));
        return await Names.ReserveAsync("project", name, () => write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await ProjectTable.UpdateAsync(w, row.Id, expected, name, description, ct))
                throw new ProblemException(ApiProblems.Moved(row.Name, expected, row.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("project-update", "accepted", [row.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<ProjectView>(View(row) with { Name = name, Description = description, Version = row.Version + 1 }, receipt));
        }, ct));
    }

    private static async Task<Ok<Receipted<ProjectView>>> DeleteAsync(
        [AsParameters] ProjectPath path, [AsParameters] Destruction asked, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await write.Places.ProjectAsync(caller, path, ct);
        var expected = asked.Check(row.Name, row.Version);
        var held = await write.Database.ReadAsync(db => AppTable.ListAsync(db, row.Id, new ListPart("", 20), ct), ct);
        if (held.Count > 0)
            throw new ProblemException(ApiProblems.Holds("project", row.Name, [.. held.Select(a => $"app {a.Name}")]));

        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await ProjectTable.DeleteAsync(w, row.Id, expected, ct))
                throw new ProblemException(ApiProblems.Moved(row.Name, expected, row.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("project-delete", "accepted", [row.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<ProjectView>(View(row), receipt));
        }, ct);
    }

    private static ProjectView View(ProjectRow row) => new(row.Id.ToString(), row.Name, row.Description, row.Version, row.CreatedAt);
}
