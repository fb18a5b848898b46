using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.SignIn;
using Davit.Model;
using Davit.Store;
using Davit.Store.People;
using Davit.Store.Resources;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Orgs;

/// <summary>What an org demands of its people, and how it is suspended, deleted and brought back.</summary>
internal static class OrgLifeEndpoints
{
    private const int MostGraceDays = 30;
    private const int LongestReason = 200;

    /// <summary>How long a deleted org can be brought back.</summary>
    public static readonly TimeSpan Undo = TimeSpan.FromDays(14);

    public static void MapOrgLife(this IEndpointRouteBuilder app)
    {
        var org = app.MapGroup("/v1/orgs/{org}").WithTags("Orgs");
        org.MapPut("/second-factor", DemandAsync).Needs("org:policy").WithName("SetOrgSecondFactor");
        org.MapPut("/suspension", SuspendAsync).Needs("org:suspend").WithName("SetOrgSuspension");
        org.MapDelete("", DeleteAsync).Needs("org:delete").WithName("DeleteOrg");
        org.MapPost("/restoration", RestoreAsync).Needs("org:suspend").WithName("RestoreOrg");
    }

    private static async Task<Ok<Receipted<OrgView>>> DemandAsync([AsParameters] OrgPath path, SecondFactorRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await write.Places.OrgAsync(caller, path, ct);
        var expected = body.ExpectedVersion ?? throw new ProblemException(ApiProblems.NeedsVersion(row.Version));
        if (body.GraceDays is < 0 or > MostGraceDays)
            throw new ProblemException(ApiProblems.BadBody($"'graceDays' is 0 to {MostGraceDays}, not {body.GraceDays}"));
        if (body.Required && caller.Principal is Principal.Person { User: var user } && await write.Database.ReadAsync(db => MemberTable.FindAsync(db, row.Id, user.Id.ToString(), ct), ct) is { HasSecondFactor: false })
            throw new ProblemException(PeopleProblems.SecondFactorFirst());
        // A demand that stands is not put off by repeating it.
        var wanted = body.Required ? write.Clock.GetUtcNow().AddDays(body.GraceDays) : (DateTimeOffset?)null;
        var from = wanted is { } later && row.SecondFactorFrom is { } stands && stands < later ? stands : wanted;
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await OrgTable.DemandSecondFactorAsync(w, row, expected, from, ct))
                throw new ProblemException(ApiProblems.Moved(row.Name, expected, row.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("org-second-factor-set", "accepted", [row.Id.ToString()], [("see who has none", "davit member list")]), ct);
            return TypedResults.Ok(new Receipted<OrgView>(OrgEndpoints.View(row with { SecondFactorFrom = from, Version = row.Version + 1 }), receipt));
        }, ct);
    }

    private static async Task<Ok<Receipted<OrgView>>> SuspendAsync([AsParameters] OrgPath path, SuspensionRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await write.Places.OrgAsync(caller, path, ct);
        if (body.Reason.Length > LongestReason || body.Reason.Any(char.IsControl))
            throw new ProblemException(ApiProblems.BadBody($"'reason' is one line of at most {LongestReason} characters"));
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            await OrgTable.SuspendAsync(w, row.Id, body.Suspended ? body.Reason : null, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft(body.Suspended ? "org-suspend" : "org-resume", "accepted", [row.Id.ToString()], [("look at it", $"davit org get {row.Name}")]), ct);
            var changed = row with { SuspendedAt = body.Suspended ? row.SuspendedAt ?? w.At : null, SuspendedFor = body.Suspended ? body.Reason : "", Version = row.Version + 1 };
            return TypedResults.Ok(new Receipted<OrgView>(OrgEndpoints.View(changed), receipt));
        }, ct);
    }

    /// <param name="withEnvironments">Delete its environments too; without it an org that has any stays.</param>
    private static async Task<Ok<Receipted<OrgView>>> DeleteAsync([AsParameters] OrgPath path, [AsParameters] Destruction asked, bool? withEnvironments, Caller caller, Writers write, Prover prover, CancellationToken ct)
    {
        var row = await write.Places.OrgAsync(caller, path, ct);
        var expected = asked.Check(row.Name, row.Version);
        prover.RequireFresh(caller);
        if ((await write.Database.ReadAsync(db => OrgTable.AllAsync(db, ct), ct))[0] == row.Id)
            throw new ProblemException(PeopleProblems.OrgIsFirst());
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await OrgTable.DeleteAsync(w, row, expected, ct))
                throw new ProblemException(ApiProblems.Moved(row.Name, expected, row.Version));
            await ClearAsync(w, row.Id, withEnvironments is true, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("org-delete", "accepted", [row.Id.ToString()], [("bring it back within 14 days", $"davit org restore {row.Name}")]), ct);
            return TypedResults.Ok(new Receipted<OrgView>(OrgEndpoints.View(row), receipt));
        }, ct);
    }

    private static async Task ClearAsync(Writing writing, OrgId org, bool withEnvironments, CancellationToken ct)
    {
        var envs = await EnvTable.StandingAsync(writing.Db, org, ct);
        if (envs.Count > 0 && !withEnvironments)
            throw new ProblemException(PeopleProblems.OrgInUse([.. envs.Select(e => $"{e.ProjectName}/{e.AppName}/{e.Name}")]));
        foreach (var env in envs)
        {
            if (!await EnvTable.MarkDeletingAsync(writing, env.Id, env.Version, ct))
                throw new ProblemException(ApiProblems.Moved(env.Name, env.Version, env.Version + 1));
        }
    }

    /// <summary>Environments that were deleted with it do not come back.</summary>
    private static async Task<Ok<Receipted<OrgView>>> RestoreAsync([AsParameters] OrgPath path, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await write.Places.OrgAsync(caller, path, ct);
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await OrgTable.RestoreAsync(w, row.Id, w.At - Undo, ct))
                throw new ProblemException(PeopleProblems.OrgGone(row.Name));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("org-restore", "accepted", [row.Id.ToString()], [("look at it", $"davit org get {row.Name}")]), ct);
            return TypedResults.Ok(new Receipted<OrgView>(OrgEndpoints.View(row with { Version = row.Version + 1 }), receipt));
        }, ct);
    }
}
