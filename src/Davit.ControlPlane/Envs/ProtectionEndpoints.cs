using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Store.Resources;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Envs;

internal static class ProtectionEndpoints
{
    public static void MapProtection(this IEndpointRouteBuilder app) =>
        app.MapPut("/v1/orgs/{org}/projects/{project}/apps/{app}/envs/{env}/protection", SetAsync).Needs("env:protect").WithName("SetProtection").WithTags("Envs");

    /// <summary>Protects an environment: grants on what it lies in let their holders look, and no longer change.</summary>
    private static async Task<Ok<Receipted<ProtectionRequest>>> SetAsync([AsParameters] EnvPath path, ProtectionRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var env = EnvEndpoints.Usable(await write.Places.EnvAsync(caller, path, ct));
        return await write.WriteAsync(caller, env.Id.ToString(), async w =>
        {
            await EnvTable.SetProtectedAsync(w, env.Id, body.Protected, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("env-protect", "accepted", [env.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<ProtectionRequest>(body, receipt));
        }, ct);
    }
}
