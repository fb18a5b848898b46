using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Members;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Davit.ControlPlane.Teams;

internal sealed record TeamPath(string Org, string Team);

internal sealed record TeamMemberPath(string Org, string Team, string Member);

internal static class TeamEndpoints
{
    public static void MapTeams(this IEndpointRouteBuilder app)
    {
        var teams = app.MapGroup("/v1/orgs/{org}/teams").WithTags("People");
        teams.MapGet("", ListAsync).Needs("team:read").WithName("ListTeams");
        teams.MapPost("", CreateAsync).Needs("team:manage").WithName("CreateTeam");
        teams.MapGet("/{team}", GetAsync).Needs("team:read").WithName("GetTeam");
        teams.MapPatch("/{team}", UpdateAsync).Needs("team:manage").WithName("UpdateTeam");
        teams.MapDelete("/{team}", DeleteAsync).Needs("team:manage").WithName("DeleteTeam");
        teams.MapGet("/{team}/members", MembersAsync).Needs("team:read").WithName("ListTeamMembers");
        teams.MapPut("/{team}/members/{member}", PutMemberAsync).Needs("team:manage").WithName("PutTeamMember");
        teams.MapDelete("/{team}/members/{member}", RemoveMemberAsync).Needs("team:manage").WithName("RemoveTeamMember");
    }

    private static async Task<Ok<Page<TeamView>>> ListAsync([AsParameters] OrgPath path, [AsParameters] Paging paging, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => TeamTable.ListAsync(db, org.Id, paging.After(), paging.Take + 1, ct), ct);
        return TypedResults.Ok(paging.Of(rows, View, r => r.Name));
    }

    private static async Task<Ok<TeamView>> GetAsync([AsParameters] TeamPath path, Caller caller, Database database, CancellationToken ct) =>
        TypedResults.Ok(View(await FindAsync(database, caller, path.Team, ct)));

    private static async Task<Created<Receipted<TeamView>>> CreateAsync([AsParameters] OrgPath path, TeamRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var parent = body.Parent is { } above ? await FindAsync(write.Database, caller, above, ct) : null;
        if (parent is not null && await write.Database.ReadAsync(db => TeamTable.DepthAsync(db, parent.Id, ct), ct) >= TeamTable.Deepest)
            throw new ProblemException(AccessProblems.TooDeep(TeamTable.Deepest));
        var row = new TeamRow
        {
            Id = Id.New<TeamId>(write.Clock), ParentId = parent?.Id, Name = body.Name, Description = Names.CheckDescription(body.Description), Members = 0, Version = 1, CreatedAt = write.Clock.GetUtcNow(),
        };
        return await Names.ReserveAsync("team", body.Name, () => write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            await TeamTable.InsertAsync(w, row, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("team-create", "accepted", [row.Id.ToString()], [("add somebody", $"davit team add {row.Name} ADDRESS")]), ct);
            return TypedResults.Created($"/v1/orgs/{path.Org}/teams/{row.Name}", new Receipted<TeamView>(View(row), receipt));
        }, ct));
    }

    private static async Task<Ok<Receipted<TeamView>>> UpdateAsync([AsParameters] TeamPath path, UpdateRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await FindAsync(write.Database, caller, path.Team, ct);
        var expected = body.ExpectedVersion ?? throw new ProblemException(ApiProblems.NeedsVersion(row.Version));
        var (name, description) = (body.Name ?? row.Name, Names.CheckDescription(body.Description ?? row.Description));
        return await Names.ReserveAsync("team", name, () => write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await TeamTable.UpdateAsync(w, row.Id, expected, name, description, ct))
                throw new ProblemException(ApiProblems.Moved(row.Name, expected, row.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("team-update", "accepted", [row.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<TeamView>(View(row) with { Name = name, Description = description, Version = row.Version + 1 }, receipt));
        }, ct));
    }

    private static async Task<Ok<Receipted<TeamView>>> DeleteAsync([AsParameters] TeamPath path, [AsParameters] Destruction asked, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await FindAsync(write.Database, caller, path.Team, ct);
        var expected = asked.Check(row.Name, row.Version);
        try
        {
            return await write.WriteAsync(caller, row.Id.ToString(), async w =>
            {
                if (!await TeamTable.DeleteAsync(w, row.Id, expected, ct))
                    throw new ProblemException(ApiProblems.Moved(row.Name, expected, row.Version));
                var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("team-delete", "accepted", [row.Id.ToString()], []), ct);
                return TypedResults.Ok(new Receipted<TeamView>(View(row), receipt));
            }, ct);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new ProblemException(ApiProblems.Holds("team", row.Name, ["teams below it"]), e);
        }
    }

    private static async Task<Ok<Page<TeamMemberView>>> MembersAsync([AsParameters] TeamPath path, Caller caller, Database database, CancellationToken ct)
    {
        var row = await FindAsync(database, caller, path.Team, ct);
        var members = await database.ReadAsync(db => TeamTable.MembersAsync(db, caller.Org, row.Id, ct), ct);
        return TypedResults.Ok(new Page<TeamMemberView>([.. members.Select(m => View(m.Member, m.IsLead))], null));
    }

    private static async Task<Ok<Receipted<TeamMemberView>>> PutMemberAsync([AsParameters] TeamMemberPath path, TeamMemberRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var (row, member) = (await FindAsync(write.Database, caller, path.Team, ct), await MemberEndpoints.FindAsync(write.Database, caller, path.Member, ct));
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            await Gifts.RequireOfTeamAsync(w.Db, caller, row.Id, ct);
            await TeamTable.PutMemberAsync(w, row.Id, member.UserId, body.Lead, ct);
            return await DoneAsync(write, w, "team-member-put", row, View(member, body.Lead), ct);
        }, ct);
    }

    private static async Task<Ok<Receipted<TeamMemberView>>> RemoveMemberAsync([AsParameters] TeamMemberPath path, Caller caller, Writers write, CancellationToken ct)
    {
        var (row, member) = (await FindAsync(write.Database, caller, path.Team, ct), await MemberEndpoints.FindAsync(write.Database, caller, path.Member, ct));
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await TeamTable.RemoveMemberAsync(w, row.Id, member.UserId, ct))
                throw new ProblemException(ApiProblems.Missing("member", path.Member));
            return await DoneAsync(write, w, "team-member-remove", row, View(member, isLead: false), ct);
        }, ct);
    }

    private static async Task<Ok<Receipted<TeamMemberView>>> DoneAsync(Writers write, Writing w, string kind, TeamRow row, TeamMemberView view, CancellationToken ct) =>
        TypedResults.Ok(new Receipted<TeamMemberView>(view, await write.Receipts.WriteAsync(w, new ReceiptDraft(kind, "accepted", [row.Id.ToString(), view.Id], []), ct)));

    private static async Task<TeamRow> FindAsync(Database database, Caller caller, string nameOrId, CancellationToken ct) =>
        await database.ReadAsync(db => TeamTable.FindAsync(db, caller.Org, nameOrId, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("team", nameOrId));

    private static TeamView View(TeamRow row) => new(row.Id.ToString(), row.Name, row.Description, row.ParentId?.ToString(), row.Members, row.Version, row.CreatedAt);

    private static TeamMemberView View(MemberRow row, bool isLead) => new(row.UserId.ToString(), row.Email, row.Name, isLead);
}
