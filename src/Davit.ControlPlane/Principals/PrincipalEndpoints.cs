using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Principals;

internal sealed record PrincipalPath(string Org, string Principal);

/// <summary>Principals that are no persons, such as pipelines. They hold grants and tokens.</summary>
internal static class PrincipalEndpoints
{
    public static void MapPrincipals(this IEndpointRouteBuilder app)
    {
        var principals = app.MapGroup("/v1/orgs/{org}/principals").WithTags("People");
        principals.MapGet("", ListAsync).Needs("principal:read").WithName("ListPrincipals");
        principals.MapPost("", CreateAsync).Needs("principal:manage").WithName("CreatePrincipal");
        principals.MapGet("/{principal}", GetAsync).Needs("principal:read").WithName("GetPrincipal");
        principals.MapDelete("/{principal}", DeleteAsync).Needs("principal:manage").WithName("DeletePrincipal");
    }

    private static async Task<Ok<Page<PrincipalView>>> ListAsync([AsParameters] OrgPath path, [AsParameters] Paging paging, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => ServicePrincipalTable.ListAsync(db, org.Id, paging.After(), paging.Take + 1, ct), ct);
        return TypedResults.Ok(paging.Of(rows, View, r => r.Name));
    }

    private static async Task<Ok<PrincipalView>> GetAsync([AsParameters] PrincipalPath path, Caller caller, Database database, CancellationToken ct) =>
        TypedResults.Ok(View(await FindAsync(database, caller, path.Principal, ct)));

    private static async Task<Created<Receipted<PrincipalView>>> CreateAsync([AsParameters] OrgPath path, CreateRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var row = new ServicePrincipalRow { Id = Id.New<ServicePrincipalId>(write.Clock), Name = body.Name, Description = Names.CheckDescription(body.Description), Version = 1, CreatedAt = write.Clock.GetUtcNow() };
        return await Names.ReserveAsync("principal", body.Name, () => write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            await ServicePrincipalTable.InsertAsync(w, row, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("principal-create", "accepted", [row.Id.ToString()],
                [("let it deploy", $"davit grant create {row.Name} developer --kind service"), ("make a token for it", $"davit token create ci --principal {row.Name}")]), ct);
            return TypedResults.Created($"/v1/orgs/{path.Org}/principals/{row.Name}", new Receipted<PrincipalView>(View(row), receipt));
        }, ct));
    }

    private static async Task<Ok<Receipted<PrincipalView>>> DeleteAsync([AsParameters] PrincipalPath path, [AsParameters] Destruction asked, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await FindAsync(write.Database, caller, path.Principal, ct);
        var expected = asked.Check(row.Name, row.Version);
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await ServicePrincipalTable.DeleteAsync(w, row.Id, expected, ct))
                throw new ProblemException(ApiProblems.Moved(row.Name, expected, row.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("principal-delete", "accepted", [row.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<PrincipalView>(View(row), receipt));
        }, ct);
    }

    private static async Task<ServicePrincipalRow> FindAsync(Database database, Caller caller, string nameOrId, CancellationToken ct) =>
        await database.ReadAsync(db => ServicePrincipalTable.FindAsync(db, caller.Org, nameOrId, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("principal", nameOrId));

    private static PrincipalView View(ServicePrincipalRow row) => new(row.Id.ToString(), row.Name, row.Description, row.Version, row.CreatedAt);
}
