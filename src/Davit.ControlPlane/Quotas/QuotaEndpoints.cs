using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Store;
using Davit.Store.Quotas;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Quotas;

internal static class QuotaEndpoints
{
    private const long Most = 1L << 50;

    public static void MapQuotas(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/orgs/{org}/quotas", GetAsync).Needs("quota:read").WithName("GetQuotas").WithTags("Limits");
        app.MapGet("/v1/server/orgs/{org}/quotas", GetAsync).Needs("quota:set").WithName("GetQuotasToSet").WithTags("Limits");
        app.MapPut("/v1/orgs/{org}/quotas", SetAsync).Needs("quota:set").WithName("SetQuotas").WithTags("Limits");
    }

    private static async Task<Ok<QuotasView>> GetAsync([AsParameters] OrgPath path, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        return TypedResults.Ok(await database.ReadAsync(db => ViewAsync(db, org.Id, ct), ct));
    }

    private static async Task<Ok<Receipted<QuotasView>>> SetAsync([AsParameters] OrgPath path, QuotasRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var org = await write.Places.OrgAsync(caller, path, ct);
        Check(body);
        var version = await write.Database.ReadAsync(db => QuotaTable.VersionAsync(db, org.Id, ct), ct);
        var expected = body.ExpectedVersion ?? throw new ProblemException(ApiProblems.NeedsVersion(version));
        return await write.WriteAsync(caller, org.Id.ToString(), async w =>
        {
            if (!await QuotaTable.SetAsync(w, body.Limits, expected, ct))
                throw new ProblemException(ApiProblems.Moved("quotas", expected, version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("quota-set", "accepted", [org.Id.ToString()], [("see them", "davit quota show")]), ct);
            return TypedResults.Ok(new Receipted<QuotasView>(await ViewAsync(w.Db, org.Id, ct), receipt));
        }, ct);
    }

    private static void Check(QuotasRequest body)
    {
        if (body.Limits.Keys.FirstOrDefault(k => Quota.Find(k) is null) is { } unknown)
            throw new ProblemException(LimitProblems.NoDimension(unknown, Quota.All.Select(q => q.Name)));
        if (body.Limits.Count is 0)
            throw new ProblemException(ApiProblems.BadBody("'limits' names no quota"));
        if (body.Limits.FirstOrDefault(l => l.Value is < 0 or > Most) is { Key: { } bad })
            throw new ProblemException(LimitProblems.BadLimit(bad, $"is a whole number from 0 to {Most}"));
    }

    private static async Task<QuotasView> ViewAsync(Npgsql.NpgsqlConnection db, OrgId org, CancellationToken ct) => new(
        [.. (await QuotaTable.ListAsync(db, org, ct)).Select(r => new QuotaView(r.Dimension, r.Max, r.Used, Quota.Find(r.Dimension)!.Unit))], await QuotaTable.VersionAsync(db, org, ct));
}
