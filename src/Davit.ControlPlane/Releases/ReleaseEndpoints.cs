using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.Releasing;
using Davit.Model;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Davit.ControlPlane.Releases;

internal static class ReleaseEndpoints
{
    public static void MapReleases(this IEndpointRouteBuilder app)
    {
        var releases = app.MapGroup("/v1/orgs/{org}/projects/{project}/apps/{app}/releases").WithTags("Releases");
        releases.MapGet("", ListAsync).Needs("release:read").WithName("ListReleases");
        releases.MapGet("/{release}", GetAsync).Needs("release:read").WithName("GetRelease");
        releases.MapGet("/{release}/manifest", ManifestAsync).Needs("release:read").WithName("GetReleaseManifest");
        releases.MapPut("/{release}/pin", PinAsync).Needs("release:pin").WithName("PinRelease");
        releases.MapDelete("/{release}/pin", UnpinAsync).Needs("release:pin").WithName("UnpinRelease");
    }

    private static async Task<Ok<Page<ReleaseView>>> ListAsync(
        [AsParameters] AppPath path, [AsParameters] Paging paging, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var app = await places.AppAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => ReleaseTable.ListAsync(db, app.Id, paging.Before(), paging.Take + 1, ct), ct);
        var standing = await StandingAsync(database, app.Id, ct);
        return TypedResults.Ok(paging.Of(rows, r => View(r, standing), r => r.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static async Task<Ok<ReleaseView>> GetAsync([AsParameters] AppPath path, string release, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var app = await places.AppAsync(caller, path, ct);
        var row = await FindAsync(database, app.Id, release, ct);
        return TypedResults.Ok(View(row, await StandingAsync(database, app.Id, ct)));
    }

    private static async Task<Ok<JsonObject>> ManifestAsync([AsParameters] AppPath path, string release, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var app = await places.AppAsync(caller, path, ct);
        return TypedResults.Ok(JsonNode.Parse((await FindAsync(database, app.Id, release, ct)).Manifest)!.AsObject());
    }

    private static async Task<Ok<Receipted<ReleaseView>>> PinAsync([AsParameters] AppPath path, string release, PinRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var app = await write.Places.AppAsync(caller, path, ct);
        var row = await FindAsync(write.Database, app.Id, release, ct);
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            // Under the locks of a collection: what is pinned is either whole or refused.
            await EnvTable.LockOfReleasesAsync(w, [row.Id], ct);
            if (await ReleaseMarks.IsCollectedAsync(w.Db, row.Id, ct))
                throw new ProblemException(DeploymentProblems.ReleaseCollected($"release {row.Number}"));
            await ReleaseMarks.PinAsync(w, row, Names.CheckDescription(body.Reason), ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("release-pin", "accepted", [row.Id.ToString()], [("let it go again", $"davit release unpin {row.Number} --app {app.Name}")]), ct);
            return TypedResults.Ok(new Receipted<ReleaseView>(View(row, await StandingAsync(w.Db, app.Id, ct)), receipt));
        }, ct);
    }

    private static async Task<Ok<Receipted<ReleaseView>>> UnpinAsync([AsParameters] AppPath path, string release, Caller caller, Writers write, CancellationToken ct)
    {
        var app = await write.Places.AppAsync(caller, path, ct);
        var row = await FindAsync(write.Database, app.Id, release, ct);
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            await ReleaseMarks.UnpinAsync(w, row, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("release-unpin", "accepted", [row.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<ReleaseView>(View(row, await StandingAsync(w.Db, app.Id, ct)), receipt));
        }, ct);
    }

    private static Task<Standing> StandingAsync(Database database, AppId app, CancellationToken ct) => database.ReadAsync(db => StandingAsync(db, app, ct), ct);

    private static async Task<Standing> StandingAsync(NpgsqlConnection db, AppId app, CancellationToken ct) =>
        new(await ReleaseTable.ServingAsync(db, app, ct), await ReleaseMarks.OfAppAsync(db, app, ct));

    private static async Task<ReleaseRow> FindAsync(Database database, AppId app, string reference, CancellationToken ct) =>
        await database.ReadAsync(db => ReleaseTable.FindAsync(db, app, reference, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("release", reference));

    private static ReleaseView View(ReleaseRow row, Standing standing) => new(row.Id.ToString(), row.Number, row.ManifestHash, row.CreatedBy, row.CreatedAt)
    {
        Images = ReleaseJson.Read(row).Services.Where(s => s.Image is not "").ToDictionary(s => s.Name, s => s.Image, StringComparer.Ordinal),
        Commit = (string?)JsonNode.Parse(row.Provenance)!["commit"],
        Serves = [.. standing.Serving[row.Id]],
        PinnedBy = standing.Marks.GetValueOrDefault(row.Id)?.PinnedBy ?? "",
        PinReason = standing.Marks.GetValueOrDefault(row.Id)?.PinReason ?? "",
        CollectedAt = standing.Marks.GetValueOrDefault(row.Id)?.CollectedAt,
    };

    /// <summary>What is true of an app's releases now.</summary>
    private sealed record Standing(ILookup<ReleaseId, string> Serving, IReadOnlyDictionary<ReleaseId, ReleaseMark> Marks);
}
