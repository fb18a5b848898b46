using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Releasing;
using Davit.Model;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Releases;

internal static class ReleaseEndpoints
{
    public static void MapReleases(this IEndpointRouteBuilder app)
    {
        var releases = app.MapGroup("/v1/orgs/{org}/projects/{project}/apps/{app}/releases").WithTags("Releases");
        releases.MapGet("", ListAsync).Needs("release.read").WithName("ListReleases");
        releases.MapGet("/{release}", GetAsync).Needs("release.read").WithName("GetRelease");
        releases.MapGet("/{release}/manifest", ManifestAsync).Needs("release.read").WithName("GetReleaseManifest");
    }

    private static async Task<Ok<Page<ReleaseView>>> ListAsync(
        [AsParameters] AppPath path, [AsParameters] Paging paging, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var app = await places.AppAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => ReleaseTable.ListAsync(db, app.Id, paging.Before(), paging.Take + 1, ct), ct);
        var serving = await database.ReadAsync(db => ReleaseTable.ServingAsync(db, app.Id, ct), ct);
        return TypedResults.Ok(paging.Of(rows, r => View(r, serving), r => r.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static async Task<Ok<ReleaseView>> GetAsync([AsParameters] AppPath path, string release, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var app = await places.AppAsync(caller, path, ct);
        var row = await FindAsync(database, app.Id, release, ct);
        return TypedResults.Ok(View(row, await database.ReadAsync(db => ReleaseTable.ServingAsync(db, app.Id, ct), ct)));
    }

    private static async Task<Ok<JsonObject>> ManifestAsync([AsParameters] AppPath path, string release, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var app = await places.AppAsync(caller, path, ct);
        return TypedResults.Ok(JsonNode.Parse((await FindAsync(database, app.Id, release, ct)).Manifest)!.AsObject());
    }

    private static async Task<ReleaseRow> FindAsync(Database database, AppId app, string reference, CancellationToken ct) =>
        await database.ReadAsync(db => ReleaseTable.FindAsync(db, app, reference, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("release", reference));

    private static ReleaseView View(ReleaseRow row, ILookup<ReleaseId, string> serving) => new(row.Id.ToString(), row.Number, row.ManifestHash, row.CreatedBy, row.CreatedAt)
    {
        Images = ReleaseJson.Read(row).Services.Where(s => s.Image is not "").ToDictionary(s => s.Name, s => s.Image, StringComparer.Ordinal),
        Commit = (string?)JsonNode.Parse(row.Provenance)!["commit"],
        Serves = [.. serving[row.Id]],
    };
}
