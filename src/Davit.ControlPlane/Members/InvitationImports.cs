using System.Text.Json.Nodes;
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

/// <summary>Invites everybody of a list, or nobody.</summary>
internal static class InvitationImports
{
    public static void MapInvitationImports(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/orgs/{org}/invitation-imports", ImportAsync).Needs("member:invite").WithName("ImportInvitations").WithTags("People");

    private static async Task<Ok<Receipted<InvitationImportView>>> ImportAsync([AsParameters] OrgPath path, InvitationImportRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var org = await write.Places.OrgAsync(caller, path, ct);
        var file = PeopleFile.Read(body.Csv);
        var (drafts, faults) = await write.Database.ReadAsync(db => DraftAsync(db, caller, file, ct), ct);
        if (faults.Count > 0)
            throw new ProblemException(PeopleProblems.PeopleRefused(faults));
        // The answer to a repeat is kept, and the links are not: a repeat makes other invitations.
        return await write.WriteAsync(caller with { Key = null }, org.Id.ToString(), async w =>
        {
            var made = new List<InvitationImportLine>(drafts.Count);
            foreach (var (line, teams) in drafts)
                made.Add(body.DryRun ? Line(line) : await InviteAsync(w, write, line, teams, ct));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("invitation-import", body.DryRun ? "unchanged" : "accepted", [org.Id.ToString()], [("see them", "davit invitation list")])
            {
                Details = new JsonObject { ["people"] = made.Count },
            }, ct);
            return TypedResults.Ok(new Receipted<InvitationImportView>(new(made, body.DryRun), receipt));
        }, ct);
    }

    private static async Task<(IReadOnlyList<(PersonLine Line, Guid[] Teams)> Drafts, List<(int Line, string Message)> Faults)> DraftAsync(Npgsql.NpgsqlConnection db, Caller caller, PeopleFile file, CancellationToken ct)
    {
        var (drafts, faults, teams, seen) = (new List<(PersonLine, Guid[])>(), file.Faults.ToList(), new Dictionary<string, Guid?>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var person in file.People)
        {
            if (Wrong(caller, person) is { } wrong)
                faults.Add((person.Line, wrong));
            else if (!seen.TryAdd(UserTable.Key(person.Email), person.Line))
                faults.Add((person.Line, $"{person.Email} stands in line {seen[UserTable.Key(person.Email)]} already"));
            foreach (var name in person.Teams.Where(t => !teams.ContainsKey(t)))
                teams[name] = await TeamAsync(db, caller, name, ct);
            if (person.Teams.FirstOrDefault(t => teams[t] is null) is { } unknown)
                faults.Add((person.Line, $"there is no team '{(unknown.Length <= 40 ? unknown : unknown[..40])}'"));
            drafts.Add((person, [.. person.Teams.Select(t => teams[t]).OfType<Guid>()]));
        }

        foreach (var key in await MemberTable.AmongAsync(db, caller.Org, [.. seen.Keys], ct))
            faults.Add((seen[key], $"{key} belongs to the org already"));
        return (drafts, [.. faults.OrderBy(f => f.Line)]);
    }

    private static string? Wrong(Caller caller, PersonLine person)
    {
        if (!Addresses.IsOne(person.Email))
            return "there is no mail address";
        if (!BuiltInRoles.IsOne(person.Role))
            return $"its role is none of {string.Join(", ", BuiltInRoles.Names)}";
        return BuiltInRoles.PermissionsOf(person.Role).All(p => caller.Rights.May(p, AccessTarget.Of(caller.Org))) ? null : $"you do not hold all that the role '{person.Role}' gives";
    }

    /// <exception cref="ProblemException">DV7009 when the team holds more than the caller.</exception>
    private static async Task<Guid?> TeamAsync(Npgsql.NpgsqlConnection db, Caller caller, string name, CancellationToken ct)
    {
        if (await TeamTable.FindAsync(db, caller.Org, name, ct) is not { } team)
            return null;
        await Gifts.RequireOfTeamAsync(db, caller, team.Id, ct);
        return team.Id.Value;
    }

    private static async Task<InvitationImportLine> InviteAsync(Writing w, Writers write, PersonLine line, Guid[] teams, CancellationToken ct)
    {
        var token = SessionTokens.Random();
        var row = new InvitationRow
        {
            Id = Id.New<InvitationId>(write.Clock), OrgId = w.Cause.Org, Email = line.Email, Role = line.Role, Teams = teams, InvitedBy = w.Cause.Actor, CreatedAt = w.At, ExpiresAt = w.At + InvitationEndpoints.GoodFor, AcceptedAt = null, RevokedAt = null,
        };
        await InvitationTable.InsertAsync(w, row, token, ct);
        return Line(line) with { Id = row.Id.ToString(), Token = token };
    }

    private static InvitationImportLine Line(PersonLine line) => new(line.Line, line.Email, line.Role, line.Teams);
}
