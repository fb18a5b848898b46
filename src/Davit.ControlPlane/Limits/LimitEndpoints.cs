using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Hardening;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Limits;

internal static class LimitEndpoints
{
    private const long Most = int.MaxValue / 10;

    public static void MapLimits(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/orgs/{org}/limits", GetAsync).Needs("quota:read").WithName("GetOrgLimits").WithTags("Limits");
        app.MapPut("/v1/orgs/{org}/limits", SetAsync).Needs("org:policy").WithName("SetOrgLimits").WithTags("Limits");
    }

    private static async Task<Ok<OrgLimitsView>> GetAsync([AsParameters] OrgPath path, Caller caller, Places places, Database database, ServerOptions options, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        return TypedResults.Ok(View(await database.ReadAsync(db => OrgLimitTable.GetAsync(db, org.Id, ct), ct), options));
    }

    private static async Task<Ok<Receipted<OrgLimitsView>>> SetAsync([AsParameters] OrgPath path, OrgLimitsRequest body, HttpContext context, Caller caller, Writers write, LimitParts parts)
    {
        var ct = context.RequestAborted;
        var org = await write.Places.OrgAsync(caller, path, ct);
        var was = await write.Database.ReadAsync(db => OrgLimitTable.GetAsync(db, org.Id, ct), ct);
        var expected = body.ExpectedVersion ?? throw new ProblemException(ApiProblems.NeedsVersion(was.Version));
        var now = Changed(was, body);
        if (body is { Networks.Count: > 0, ConfirmLockout: false } && context.Connection.RemoteIpAddress is { } here && !NetworkList.Parse(now.Networks).Contains(here))
            throw new ProblemException(SecurityProblems.WouldLockOut(caller.Address));
        var answer = await write.WriteAsync(caller, org.Id.ToString(), async w =>
        {
            if (was.Version != expected || !await OrgLimitTable.SetAsync(w, was, now, ct))
                throw new ProblemException(ApiProblems.Moved("limits", expected, was.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("org-limits-set", "accepted", [org.Id.ToString()], [("see them", "davit limit show")]), ct);
            return TypedResults.Ok(new Receipted<OrgLimitsView>(View(now with { Version = was.Version + 1 }, parts.Options), receipt));
        }, ct);
        parts.Policies.Forget(org.Id);
        parts.Buckets.Clear();
        return answer;
    }

    private static OrgLimitRow Changed(OrgLimitRow was, OrgLimitsRequest body)
    {
        foreach (var (name, value) in ((string, long?)[])[("readsPerMinute", body.ReadsPerMinute), ("writesPerMinute", body.WritesPerMinute)])
        {
            if (value is < 0 or > Most)
                throw new ProblemException(LimitProblems.BadLimit(name, $"is a whole number from 0 to {Most}"));
        }

        return was with
        {
            ReadsPerMinute = body.ReadsPerMinute ?? was.ReadsPerMinute,
            WritesPerMinute = body.WritesPerMinute ?? was.WritesPerMinute,
            Networks = body.Networks is { } networks ? [.. NetworkList.Parse([.. networks]).Texts] : was.Networks,
        };
    }

    private static OrgLimitsView View(OrgLimitRow row, ServerOptions options) => new(row.ReadsPerMinute ?? options.ReadsPerMinute, row.WritesPerMinute ?? options.WritesPerMinute, row.Networks, row.Version)
    {
        Usual = [.. row.ReadsPerMinute is null ? ["readsPerMinute"] : Array.Empty<string>(), .. row.WritesPerMinute is null ? ["writesPerMinute"] : Array.Empty<string>()],
    };
}

internal sealed record LimitParts(OrgPolicies Policies, Buckets Buckets, ServerOptions Options);
