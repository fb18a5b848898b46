using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.People;
using Davit.Store.Resources;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Orgs;

internal static class OrgEndpoints
{
    public static void MapOrgs(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/orgs", ListAsync).NeedsSignIn().WithName("ListOrgs").WithTags("Orgs");
        app.MapPost("/v1/orgs", CreateAsync).Needs("org:create").WithName("CreateOrg").WithTags("Orgs");
        app.MapGet("/v1/orgs/{org}", GetAsync).Needs("org:read").WithName("GetOrg").WithTags("Orgs");
        app.MapPatch("/v1/orgs/{org}", UpdateAsync).Needs("org:update").WithName("UpdateOrg").WithTags("Orgs");
    }

    /// <summary>Those that the caller belongs to; a token belongs to one.</summary>
    private static async Task<Ok<Page<OrgView>>> ListAsync(Caller caller, Places places, Database database, CancellationToken ct)
    {
        if (caller.Principal is not Principal.Person { Org: null } person)
            return TypedResults.Ok(new Page<OrgView>([View(await places.OrgAsync(caller, new(caller.Org.ToString()), ct))], null));
        var rows = await database.ReadAsync(db => OrgTable.OfUserAsync(db, person.User.Id, ct), ct);
        return TypedResults.Ok(new Page<OrgView>([.. rows.Select(View)], null));
    }

    private static async Task<Ok<OrgView>> GetAsync([AsParameters] OrgPath path, Caller caller, Places places, CancellationToken ct) =>
        TypedResults.Ok(View(await places.OrgAsync(caller, path, ct)));

    /// <summary>Whoever makes an org owns it, so it must be a person.</summary>
    private static async Task<Created<Receipted<OrgView>>> CreateAsync(CreateRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var (id, owner) = (Id.New<OrgId>(write.Clock), caller.Person.User.Id);
        return await Names.ReserveAsync("org", body.Name, () => write.WriteAsync(caller with { Org = id }, id.ToString(), async w =>
        {
            await OrgTable.InsertAsync(w, id, body.Name, ct);
            await ProjectTable.InsertAsync(w, Id.New<ProjectId>(write.Clock), Hosting.FirstStart.Project, "Apps that name no other project", ct);
            await MemberTable.InsertAsync(w, owner, BuiltInRoles.Owner, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("org-create", "accepted", [id.ToString()], [("invite somebody", "davit member invite ADDRESS")]), ct);
            return TypedResults.Created($"/v1/orgs/{body.Name}", new Receipted<OrgView>(new(id.ToString(), body.Name, 1, w.At), receipt));
        }, ct));
    }

    private static async Task<Ok<Receipted<OrgView>>> UpdateAsync([AsParameters] OrgPath path, OrgUpdate body, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await write.Places.OrgAsync(caller, path, ct);
        var expected = body.ExpectedVersion ?? throw new ProblemException(ApiProblems.NeedsVersion(row.Version));
        return await Names.ReserveAsync("org", body.Name, () => write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await OrgTable.RenameAsync(w, row.Id, expected, body.Name, ct))
                throw new ProblemException(ApiProblems.Moved(row.Name, expected, row.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("org-update", "accepted", [row.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<OrgView>(View(row) with { Name = body.Name, Version = row.Version + 1 }, receipt));
        }, ct));
    }

    public static OrgView View(OrgRow row) => new(row.Id.ToString(), row.Name, row.Version, row.CreatedAt)
    {
        SecondFactorFrom = row.SecondFactorFrom, SuspendedAt = row.SuspendedAt, SuspendedFor = row.SuspendedAt is null ? null : row.SuspendedFor,
    };
}
