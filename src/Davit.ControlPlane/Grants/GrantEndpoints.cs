using System.Net;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Grants;

internal sealed record GrantPath(string Org, string Grant);

/// <summary>Gives roles on an org, a project, an app or an environment, and takes them away.</summary>
internal static class GrantEndpoints
{
    public static void MapGrants(this IEndpointRouteBuilder app)
    {
        var grants = app.MapGroup("/v1/orgs/{org}/grants").WithTags("People");
        grants.MapGet("", ListAsync).Needs("grant:read").WithName("ListGrants");
        grants.MapPost("", CreateAsync).Needs("access:grant").WithName("CreateGrant");
        grants.MapGet("/{grant}", GetAsync).Needs("grant:read").WithName("GetGrant");
        grants.MapDelete("/{grant}", DeleteAsync).Needs("access:grant").WithName("DeleteGrant");
    }

    private static async Task<Ok<Page<GrantView>>> ListAsync([AsParameters] OrgPath path, string? on, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        var rows = await database.ReadAsync(async db => await GrantTable.ListAsync(db, org.Id, on is null ? null : (await ScopeNames.FindAsync(db, org.Id, on, ct)).Deepest.Id, ct), ct);
        return TypedResults.Ok(new Page<GrantView>([.. rows.Select(View)], null));
    }

    private static async Task<Ok<GrantView>> GetAsync([AsParameters] GrantPath path, Caller caller, Database database, CancellationToken ct) => TypedResults.Ok(View(await FindAsync(database, caller, path.Grant, ct)));

    private static async Task<Created<Receipted<GrantView>>> CreateAsync([AsParameters] OrgPath path, GrantRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var org = await write.Places.OrgAsync(caller, path, ct);
        if (body.ExpiresAt is { } end && end <= write.Clock.GetUtcNow())
            throw new ProblemException(AccessProblems.BadLife("The end of a grant", "any"));
        if (body.Networks.FirstOrDefault(n => !IPNetwork.TryParse(n, out _) && !IPAddress.TryParse(n, out _)) is { } bad)
            throw new ProblemException(AccessProblems.BadNetwork(bad));
        var row = await write.Database.ReadAsync(db => DraftAsync(db, org.Id, body, caller, write.Clock, ct), ct);
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            await GrantTable.InsertAsync(w, row, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("grant-create", "accepted", [row.Id.ToString(), row.Scope.ToString()], [("take it away", $"davit grant delete {row.Id}")]), ct);
            return TypedResults.Created($"/v1/orgs/{path.Org}/grants/{row.Id}", new Receipted<GrantView>(View(row), receipt));
        }, ct);
    }

    private static async Task<Ok<Receipted<GrantView>>> DeleteAsync([AsParameters] GrantPath path, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await FindAsync(write.Database, caller, path.Grant, ct);
        if (row.IsDeny)
            Delegation.Require(caller, await write.Database.ReadAsync(async db => (await RoleOfAsync(db, caller.Org, row.Role, ct)).Permissions, ct), await TargetAsync(write.Database, caller.Org, row.Scope, ct));
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await GrantTable.DeleteAsync(w, row, ct))
                throw new ProblemException(ApiProblems.Missing("grant", path.Grant));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("grant-delete", "accepted", [row.Id.ToString(), row.Scope.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<GrantView>(View(row), receipt));
        }, ct);
    }

    private static async Task<AccessTarget> TargetAsync(Database database, OrgId org, ScopeRef scope, CancellationToken ct) =>
        await database.ReadAsync(db => ScopeTable.GetAsync(db, org, scope, ct), ct) ?? AccessTarget.Of(org);

    private static async Task<GrantRow> DraftAsync(Npgsql.NpgsqlConnection db, OrgId org, GrantRequest body, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var target = await ScopeNames.FindAsync(db, org, body.On, ct);
        var (permissions, roleId) = await RoleOfAsync(db, org, body.Role, ct);
        caller.Require("access:grant", target);
        if (body.Role is BuiltInRoles.Owner)
            caller.Require("owner:manage", AccessTarget.Of(org));
        Delegation.Require(caller, permissions.Where(p => PermissionCatalog.Find(p)!.Level >= target.Deepest.Level), target);
        var row = new GrantRow
        {
            Id = Id.New<GrantId>(clock), To = body.To, Role = body.Role, RoleId = roleId, ScopeLevel = ScopeLevels.Text(target.Deepest.Level), ScopeId = target.Deepest.Id, IsDeny = body.Deny, ReachesProtected = body.Protected,
            NeedsSecondFactor = body.SecondFactor, Networks = [.. body.Networks], Reason = Names.CheckDescription(body.Reason), GrantedBy = caller.Actor, ExpiresAt = body.ExpiresAt, CreatedAt = clock.GetUtcNow(),
        };
        return body.Kind switch
        {
            "user" => row with { UserId = (await MemberTable.FindAsync(db, org, body.To, ct) ?? throw new ProblemException(ApiProblems.Missing("member", body.To))).UserId },
            "team" => row with { TeamId = (await TeamTable.FindAsync(db, org, body.To, ct) ?? throw new ProblemException(ApiProblems.Missing("team", body.To))).Id },
            "service" => row with { ServiceId = (await ServicePrincipalTable.FindAsync(db, org, body.To, ct) ?? throw new ProblemException(ApiProblems.Missing("principal", body.To))).Id },
            _ => throw new ProblemException(ApiProblems.BadBody($"'kind' is 'user', 'team' or 'service', not '{body.Kind}'")),
        };
    }

    private static async Task<(IReadOnlyCollection<string> Permissions, RoleId? Id)> RoleOfAsync(Npgsql.NpgsqlConnection db, OrgId org, string role, CancellationToken ct)
    {
        if (BuiltInRoles.IsOne(role))
            return (BuiltInRoles.PermissionsOf(role), null);
        var own = await RoleTable.FindAsync(db, org, role, ct) ?? throw new ProblemException(ApiProblems.Missing("role", role));
        return (own.Permissions, own.Id);
    }

    private static async Task<GrantRow> FindAsync(Database database, Caller caller, string id, CancellationToken ct) =>
        await database.ReadAsync(db => GrantTable.GetAsync(db, caller.Org, Id.Parse<GrantId>(id), ct), ct) ?? throw new ProblemException(ApiProblems.Missing("grant", id));

    private static GrantView View(GrantRow row) => new(
        row.Id.ToString(), row.To, row.UserId is not null ? "user" : row.TeamId is not null ? "team" : "service", row.Role, row.Scope.ToString(), row.IsDeny, row.ReachesProtected, row.GrantedBy, row.Reason, row.ExpiresAt, row.CreatedAt)
    {
        SecondFactor = row.NeedsSecondFactor, Networks = row.Networks,
    };
}
