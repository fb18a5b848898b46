using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Orgs;

internal static class OrgEndpoints
{
    public static void MapOrgs(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/orgs", ListAsync).Needs("org:read").WithName("ListOrgs").WithTags("Orgs");
        app.MapGet("/v1/orgs/{org}", GetAsync).Needs("org:read").WithName("GetOrg").WithTags("Orgs");
    }

    /// <summary>A token belongs to one org, so the list has one item.</summary>
    private static async Task<Ok<Page<OrgView>>> ListAsync(Caller caller, Places places, CancellationToken ct) =>
        TypedResults.Ok(new Page<OrgView>([View(await places.OrgAsync(caller, new(caller.Org.ToString()), ct))], null));

    private static async Task<Ok<OrgView>> GetAsync([AsParameters] OrgPath path, Caller caller, Places places, CancellationToken ct) =>
        TypedResults.Ok(View(await places.OrgAsync(caller, path, ct)));

    private static OrgView View(Store.Resources.OrgRow row) => new(row.Id.ToString(), row.Name, row.Version, row.CreatedAt);
}
