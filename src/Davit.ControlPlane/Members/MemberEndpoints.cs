using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Members;

internal sealed record MemberPath(string Org, string Member);

internal static class MemberEndpoints
{
    public static void MapMembers(this IEndpointRouteBuilder app)
    {
        var members = app.MapGroup("/v1/orgs/{org}/members").WithTags("People");
        members.MapGet("", ListAsync).Needs("member:read").WithName("ListMembers");
        members.MapGet("/{member}", GetAsync).Needs("member:read").WithName("GetMember");
        members.MapPatch("/{member}", UpdateAsync).Needs("member:update").WithName("UpdateMember");
        members.MapDelete("/{member}", RemoveAsync).Needs("member:remove").WithName("RemoveMember");
        app.MapDelete("/v1/orgs/{org}/membership", LeaveAsync).Needs("org:read").WithName("LeaveOrg").WithTags("People");
    }

    private static async Task<Ok<Page<MemberView>>> ListAsync([AsParameters] OrgPath path, [AsParameters] Paging paging, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => MemberTable.ListAsync(db, org.Id, paging.After(), paging.Take + 1, ct), ct);
        return TypedResults.Ok(paging.Of(rows, View, r => UserTable.Key(r.Email)));
    }

    private static async Task<Ok<MemberView>> GetAsync([AsParameters] MemberPath path, Caller caller, Database database, CancellationToken ct) =>
        TypedResults.Ok(View(await FindAsync(database, caller, path.Member, ct)));

    private static async Task<Ok<Receipted<MemberView>>> UpdateAsync([AsParameters] MemberPath path, MemberUpdate body, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await FindAsync(write.Database, caller, path.Member, ct);
        var expected = body.ExpectedVersion ?? throw new ProblemException(ApiProblems.NeedsVersion(row.Version));
        var (role, isSuspended) = (body.Role ?? row.Role, body.Suspended ?? row.SuspendedAt is not null);
        RequireRole(caller, row.Role, role, isSuspended != row.SuspendedAt is not null);
        return await write.WriteAsync(caller, row.UserId.ToString(), async w =>
        {
            await KeepOwnerAsync(w, row, isOwnerAfter: role is BuiltInRoles.Owner && !isSuspended, ct);
            if (!await MemberTable.UpdateAsync(w, row, expected, role, isSuspended, ct))
                throw new ProblemException(ApiProblems.Moved(row.Email, expected, row.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("member-update", "accepted", [row.UserId.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<MemberView>(View(row) with { Role = role, IsSuspended = isSuspended, Version = row.Version + 1 }, receipt));
        }, ct);
    }

    private static async Task<Ok<Receipted<MemberView>>> RemoveAsync([AsParameters] MemberPath path, [AsParameters] Destruction asked, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await FindAsync(write.Database, caller, path.Member, ct);
        if (row.Role is BuiltInRoles.Owner)
            caller.Require("owner:manage", AccessTarget.Of(caller.Org));
        return await EndAsync(row, asked.Check(row.Email, row.Version), "member-remove", caller, write, ct);
    }

    private static async Task<Ok<Receipted<MemberView>>> LeaveAsync([AsParameters] OrgPath path, Caller caller, Writers write, CancellationToken ct)
    {
        _ = await write.Places.OrgAsync(caller, path, ct);
        var row = await FindAsync(write.Database, caller, caller.Person.User.Id.ToString(), ct);
        return await EndAsync(row, row.Version, "member-leave", caller, write, ct);
    }

    private static Task<Ok<Receipted<MemberView>>> EndAsync(MemberRow row, long expected, string kind, Caller caller, Writers write, CancellationToken ct) => write.WriteAsync(caller, row.UserId.ToString(), async w =>
    {
        await KeepOwnerAsync(w, row, isOwnerAfter: false, ct);
        if (!await MemberTable.DeleteAsync(w, row.UserId, expected, ct))
            throw new ProblemException(ApiProblems.Moved(row.Email, expected, row.Version));
        var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft(kind, "accepted", [row.UserId.ToString()], []), ct);
        return TypedResults.Ok(new Receipted<MemberView>(View(row), receipt));
    }, ct);

    /// <summary>The owners are counted anew under their lock: the row that was read may be older than the last change of another.</summary>
    private static async Task KeepOwnerAsync(Writing writing, MemberRow row, bool isOwnerAfter, CancellationToken ct)
    {
        var owners = await MemberTable.LockOwnersAsync(writing, ct);
        var present = await MemberTable.FindAsync(writing.Db, writing.Cause.Org, row.UserId.ToString(), ct);
        if (!isOwnerAfter && present is { Role: BuiltInRoles.Owner, SuspendedAt: null } && owners <= 1)
            throw new ProblemException(AccessProblems.LastOwner());
    }

    /// <summary>Owners are made and lowered by owners; nobody gives more than he holds.</summary>
    private static void RequireRole(Caller caller, string before, string after, bool isSuspending)
    {
        if (after is not "" && !BuiltInRoles.IsOne(after))
            throw new ProblemException(ApiProblems.Missing("role", after, $"Members have {string.Join(", ", BuiltInRoles.Names)} or none; give other roles by a grant: davit grant create"));
        if (after is BuiltInRoles.Owner || before is BuiltInRoles.Owner && (after != before || isSuspending))
            caller.Require("owner:manage", AccessTarget.Of(caller.Org));
        if (after is not "" && after != before)
            Delegation.Require(caller, BuiltInRoles.PermissionsOf(after), AccessTarget.Of(caller.Org));
    }

    public static async Task<MemberRow> FindAsync(Database database, Caller caller, string emailOrId, CancellationToken ct) =>
        await database.ReadAsync(db => MemberTable.FindAsync(db, caller.Org, emailOrId, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("member", emailOrId));

    private static MemberView View(MemberRow row) => new(row.UserId.ToString(), row.Email, row.Name, row.Role, row.SuspendedAt is not null, row.HasSecondFactor, row.Teams, row.Version, row.CreatedAt, row.LastSeenAt);
}
