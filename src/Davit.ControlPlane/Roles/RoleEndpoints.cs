using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Roles;

internal sealed record RolePath(string Org, string Role);

internal static class RoleEndpoints
{
    public static void MapRoles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/permissions", Permissions).NeedsSignIn().WithName("ListPermissions").WithTags("People");
        var roles = app.MapGroup("/v1/orgs/{org}/roles").WithTags("People");
        roles.MapGet("", ListAsync).Needs("role:read").WithName("ListRoles");
        roles.MapPost("", CreateAsync).Needs("role:manage").WithName("CreateRole");
        roles.MapGet("/{role}", GetAsync).Needs("role:read").WithName("GetRole");
        roles.MapPatch("/{role}", UpdateAsync).Needs("role:manage").WithName("UpdateRole");
        roles.MapDelete("/{role}", DeleteAsync).Needs("role:manage").WithName("DeleteRole");
    }

    private static Ok<Page<PermissionView>> Permissions() => TypedResults.Ok(new Page<PermissionView>([.. PermissionCatalog.All.Select(p =>
        new PermissionView(p.Name, p.Purpose, ScopeLevels.Text(p.Level), p.IsRead, p.IsHighRisk, [.. BuiltInRoles.Names.Where(r => BuiltInRoles.PermissionsOf(r).Contains(p.Name))]))], null));

    private static async Task<Ok<Page<RoleView>>> ListAsync([AsParameters] OrgPath path, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        var own = await database.ReadAsync(db => RoleTable.ListAsync(db, org.Id, ct), ct);
        return TypedResults.Ok(new Page<RoleView>([.. BuiltInRoles.Names.Select(BuiltIn), .. own.Select(View)], null));
    }

    private static async Task<Ok<RoleView>> GetAsync([AsParameters] RolePath path, Caller caller, Database database, CancellationToken ct) =>
        TypedResults.Ok(BuiltInRoles.IsOne(path.Role) ? BuiltIn(path.Role) : View(await FindAsync(database, caller, path.Role, ct)));

    private static async Task<Created<Receipted<RoleView>>> CreateAsync([AsParameters] OrgPath path, RoleRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var row = new RoleRow
        {
            Id = Id.New<RoleId>(write.Clock), Name = NewName(body.Name), Description = Names.CheckDescription(body.Description), Permissions = Given(caller, body.Permissions), Version = 1, CreatedAt = write.Clock.GetUtcNow(),
        };
        return await Names.ReserveAsync("role", row.Name, () => write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            await RoleTable.InsertAsync(w, row, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("role-create", "accepted", [row.Id.ToString()], [("give it", $"davit grant create ADDRESS {row.Name}")]), ct);
            return TypedResults.Created($"/v1/orgs/{path.Org}/roles/{row.Name}", new Receipted<RoleView>(View(row), receipt));
        }, ct));
    }

    private static async Task<Ok<Receipted<RoleView>>> UpdateAsync([AsParameters] RolePath path, RoleUpdate body, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await FindAsync(write.Database, caller, path.Role, ct);
        var expected = body.ExpectedVersion ?? throw new ProblemException(ApiProblems.NeedsVersion(row.Version));
        var after = row with
        {
            Name = body.Name is null ? row.Name : NewName(body.Name), Description = Names.CheckDescription(body.Description ?? row.Description), Permissions = body.Permissions is null ? row.Permissions : Given(caller, body.Permissions), Version = row.Version + 1,
        };
        return await Names.ReserveAsync("role", after.Name, () => write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await RoleTable.UpdateAsync(w, row, expected, after, ct))
                throw new ProblemException(ApiProblems.Moved(row.Name, expected, row.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("role-update", "accepted", [row.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<RoleView>(View(after), receipt));
        }, ct));
    }

    private static async Task<Ok<Receipted<RoleView>>> DeleteAsync([AsParameters] RolePath path, [AsParameters] Destruction asked, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await FindAsync(write.Database, caller, path.Role, ct);
        var expected = asked.Check(row.Name, row.Version);
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (await RoleTable.UsedByAsync(w.Db, row.Id, ct) is { Count: > 0 } used)
                throw new ProblemException(AccessProblems.RoleInUse(row.Name, [.. used.Select(g => g.ToString())]));
            if (!await RoleTable.DeleteAsync(w, row.Id, expected, ct))
                throw new ProblemException(ApiProblems.Moved(row.Name, expected, row.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("role-delete", "accepted", [row.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<RoleView>(View(row), receipt));
        }, ct);
    }

    /// <summary>A role that grants use reaches whoever holds it at once, so it may hold no more than whoever changes it.</summary>
    private static string[] Given(Caller caller, IReadOnlyList<string> permissions)
    {
        if (permissions.Where(p => PermissionCatalog.Find(p) is not { From: not null }).ToList() is { Count: > 0 } unknown)
            throw new ProblemException(AccessProblems.UnknownPermissions(unknown));
        Delegation.Require(caller, permissions, AccessTarget.Of(caller.Org));
        return [.. permissions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static string NewName(string name) => BuiltInRoles.IsOne(name) ? throw new ProblemException(ApiProblems.Taken("role", name)) : Names.Check(name);

    private static async Task<RoleRow> FindAsync(Database database, Caller caller, string nameOrId, CancellationToken ct) =>
        await database.ReadAsync(db => RoleTable.FindAsync(db, caller.Org, nameOrId, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("role", nameOrId));

    private static RoleView BuiltIn(string name) => new(name, name, "", [.. BuiltInRoles.PermissionsOf(name).Order(StringComparer.Ordinal)], true, 0);

    private static RoleView View(RoleRow row) => new(row.Id.ToString(), row.Name, row.Description, row.Permissions, false, row.Version);
}
