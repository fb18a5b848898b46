using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.SignIn;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Members;

internal sealed record InvitationPath(string Org, string Invitation);

/// <summary>Invites people; each invitation is a link that is good once, for one address, for a week.</summary>
internal static class InvitationEndpoints
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(7);

    public static void MapInvitations(this IEndpointRouteBuilder app)
    {
        var invitations = app.MapGroup("/v1/orgs/{org}/invitations").WithTags("People");
        invitations.MapGet("", ListAsync).Needs("member:invite").WithName("ListInvitations");
        invitations.MapPost("", CreateAsync).Needs("member:invite").WithName("CreateInvitation");
        invitations.MapPost("/{invitation}/renewal", RenewAsync).Needs("member:invite").WithName("RenewInvitation");
        invitations.MapDelete("/{invitation}", RevokeAsync).Needs("member:invite").WithName("RevokeInvitation");
        app.MapPost("/v1/join", JoinAsync).OpenToAll().WithName("Join").WithTags("People");
    }

    private static async Task<Ok<Page<InvitationView>>> ListAsync([AsParameters] OrgPath path, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => InvitationTable.ListAsync(db, org.Id, ct), ct);
        return TypedResults.Ok(new Page<InvitationView>([.. rows.Select(View)], null));
    }

    private static async Task<Created<Receipted<InvitationMade>>> CreateAsync([AsParameters] OrgPath path, InvitationRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var org = await write.Places.OrgAsync(caller, path, ct);
        var email = Addresses.Require(body.Email);
        RequireRole(caller, body.Role);
        if (await write.Database.ReadAsync(db => MemberTable.FindAsync(db, org.Id, email, ct), ct) is not null)
            throw new ProblemException(AccessProblems.AlreadyMember(email));
        var teams = await TeamsAsync(write.Database, caller, body.Teams, ct);
        var token = SessionTokens.Random();
        var row = new InvitationRow
        {
            Id = Id.New<InvitationId>(write.Clock), OrgId = org.Id, Email = email, Role = body.Role, Teams = teams, InvitedBy = caller.Actor, CreatedAt = write.Clock.GetUtcNow(), ExpiresAt = write.Clock.GetUtcNow() + GoodFor, AcceptedAt = null, RevokedAt = null,
        };
        // The answer to a repeat is kept, and the link is not: a repeat makes another invitation.
        return await write.WriteAsync(caller with { Key = null }, row.Id.ToString(), async w =>
        {
            await InvitationTable.InsertAsync(w, row, token, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("invitation-create", "accepted", [row.Id.ToString()], [("take it back", $"davit invitation revoke {row.Id}")]), ct);
            return TypedResults.Created($"/v1/orgs/{path.Org}/invitations/{row.Id}", new Receipted<InvitationMade>(new(View(row), token), receipt));
        }, ct);
    }

    private static async Task<Ok<Receipted<InvitationMade>>> RenewAsync([AsParameters] InvitationPath path, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await FindAsync(write.Database, caller, path.Invitation, ct);
        RequireRole(caller, row.Role);
        var (token, expires) = (SessionTokens.Random(), write.Clock.GetUtcNow() + GoodFor);
        return await write.WriteAsync(caller with { Key = null }, row.Id.ToString(), async w =>
        {
            if (!await InvitationTable.RenewAsync(w, row.Id, token, expires, ct))
                throw new ProblemException(AccessProblems.InvitationUnusable());
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("invitation-renew", "accepted", [row.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<InvitationMade>(new(View(row with { ExpiresAt = expires }), token), receipt));
        }, ct);
    }

    private static async Task<Ok<Receipted<InvitationView>>> RevokeAsync([AsParameters] InvitationPath path, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await FindAsync(write.Database, caller, path.Invitation, ct);
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await InvitationTable.RevokeAsync(w, row.Id, ct))
                throw new ProblemException(AccessProblems.InvitationUnusable());
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("invitation-revoke", "accepted", [row.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<InvitationView>(View(row), receipt));
        }, ct);
    }

    /// <summary>Whoever has an account shows its password; whoever has none makes one. Either ends signed in.</summary>
    private static async Task<Ok<SignedIn>> JoinAsync(JoinRequest body, HttpContext context, JoinParts parts, CancellationToken ct)
    {
        var email = Addresses.Require(body.Email);
        var (invitation, known) = await parts.Database.ReadAsync(async db => (await InvitationTable.FindAsync(db, body.Token, ct), await UserTable.FindAsync(db, email, ct)), ct);
        if (invitation is not { AcceptedAt: null, RevokedAt: null } || invitation.ExpiresAt <= parts.Clock.GetUtcNow() || UserTable.Key(invitation.Email) != UserTable.Key(email))
            throw new ProblemException(AccessProblems.InvitationUnusable());

        var from = new SignInPlace(ClientAddress.Of(context).ToString(), context.TraceIdentifier, "join");
        var hasFactor = known is not null && (await parts.Door.CheckAsync(new SignInRequest(email, body.Password, body.Code), ClientAddress.Of(context), context.TraceIdentifier, ct)).HasSecondFactor;
        var user = known ?? await NewAsync(parts, email, body, ct);
        return TypedResults.Ok(await parts.Database.WriteAsync(new Cause(invitation.OrgId, user.Id.ToString(), from.RequestId, invitation.Id.ToString()) { Address = from.Address }, async w =>
        {
            if (known is null)
                await Names.ReserveMailAsync(user.Email, () => UserTable.InsertAsync(w, user, ct));
            await EnterAsync(w, invitation, user, ct);
            return (await parts.Sessions.BeginAsync(w, user, isBrowser: false, hasFactor, from, ct)).Answer;
        }, ct));
    }

    private static async Task<UserRow> NewAsync(JoinParts parts, string email, JoinRequest body, CancellationToken ct)
    {
        var name = PersonNames.Require(body.Name);
        parts.Passwords.RequireStrong(body.Password, email, name);
        return new UserRow { Id = Id.New<UserId>(parts.Clock), Email = email, Name = name, Password = await parts.Passwords.HashAsync(body.Password, ct), IsOperator = false, Version = 1, CreatedAt = parts.Clock.GetUtcNow() };
    }

    private static async Task EnterAsync(Writing w, InvitationRow invitation, UserRow user, CancellationToken ct)
    {
        if (!await InvitationTable.AcceptAsync(w, invitation.Id, user.Id, ct))
            throw new ProblemException(AccessProblems.InvitationUnusable());
        if (!await MemberTable.InsertAsync(w, user.Id, invitation.Role, ct))
            throw new ProblemException(AccessProblems.AlreadyMember(user.Email));
        foreach (var team in await TeamTable.StillThereAsync(w.Db, invitation.OrgId, invitation.Teams, ct))
            await TeamTable.PutMemberAsync(w, team, user.Id, isLead: false, ct);
    }

    private static async Task<Guid[]> TeamsAsync(Database database, Caller caller, IReadOnlyList<string> names, CancellationToken ct)
    {
        var found = new List<Guid>(names.Count);
        foreach (var name in names)
        {
            var team = await database.ReadAsync(db => TeamTable.FindAsync(db, caller.Org, name, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("team", name));
            await database.ReadAsync(async db => { await Gifts.RequireOfTeamAsync(db, caller, team.Id, ct); return true; }, ct);
            found.Add(team.Id.Value);
        }

        return [.. found];
    }

    private static async Task<InvitationRow> FindAsync(Database database, Caller caller, string id, CancellationToken ct) =>
        await database.ReadAsync(db => InvitationTable.GetAsync(db, caller.Org, Id.Parse<InvitationId>(id), ct), ct) ?? throw new ProblemException(ApiProblems.Missing("invitation", id));

    private static void RequireRole(Caller caller, string role)
    {
        if (!BuiltInRoles.IsOne(role))
            throw new ProblemException(ApiProblems.Missing("role", role, $"Write one of {string.Join(", ", BuiltInRoles.Names)}."));
        Delegation.Require(caller, BuiltInRoles.PermissionsOf(role), AccessTarget.Of(caller.Org));
    }

    private static InvitationView View(InvitationRow row) => new(row.Id.ToString(), row.Email, row.Role, [.. row.Teams.Select(t => TeamId.From(t).ToString())], row.InvitedBy, row.CreatedAt, row.ExpiresAt);
}

/// <summary>What joining works with.</summary>
internal sealed record JoinParts(Database Database, SignInDoor Door, Passwords Passwords, Sessions Sessions, TimeProvider Clock);
