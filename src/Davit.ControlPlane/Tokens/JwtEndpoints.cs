using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Store.Access;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Tokens;

/// <summary>Tokens that others can check by themselves: signed, for at most half a day. They are listed and revoked like the others.</summary>
internal static class JwtEndpoints
{
    private const int LongestAudience = 500;

    public static void MapJwts(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/orgs/{org}/jwts", CreateAsync).Needs("token:create").WithName("CreateJwt").WithTags("People");
        app.MapGet("/.well-known/jwks.json", KeysAsync).OpenToAll().WithName("GetJwtKeys").WithTags("People");
    }

    private static async Task<Created<Receipted<TokenMade>>> CreateAsync([AsParameters] OrgPath path, JwtRequest body, Caller caller, Writers write, Jwts jwts, CancellationToken ct)
    {
        var org = await write.Places.OrgAsync(caller, path, ct);
        var now = write.Clock.GetUtcNow();
        var asked = new TokenRequest(body.Name) { Principal = body.Principal, Permissions = body.Permissions, Within = body.Within, Networks = body.Networks };
        var expires = body.ExpiresAt ?? now + Jwts.Longest;
        if (body.Audience is { } audience && (audience.Length is 0 or > LongestAudience || audience.Any(char.IsControl)))
            throw new ProblemException(ApiProblems.BadBody($"'audience' has 1 to {LongestAudience} characters on one line"));
        TokenEndpoints.Check(asked, expires, now, Jwts.Longest, "12 hours");
        var owner = await write.Database.ReadAsync(db => TokenEndpoints.OwnerAsync(db, org.Id, asked, caller, write.Clock, ct), ct);
        // The answer to a repeat is kept, and the token is not: a repeat makes another token.
        return await write.WriteAsync(caller with { Key = null }, owner.Id.ToString(), async w =>
        {
            var token = await jwts.MakeAsync(w, owner, body.Audience, expires, ct);
            await TokenTable.InsertAsync(w, owner, body.Name, token, expires, ct, isJwt: true);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("jwt-create", "accepted", [owner.Id.ToString()], [("revoke it", $"davit token revoke {owner.Id}")]), ct);
            return TypedResults.Created($"/v1/orgs/{path.Org}/tokens", new Receipted<TokenMade>(new(TokenEndpoints.View(owner, body.Name, token, now, expires) with { Format = "jwt" }, token), receipt));
        }, ct);
    }

    /// <summary>Whoever meets an unknown <c>kid</c> asks again.</summary>
    private static async Task<Ok<JsonObject>> KeysAsync(HttpContext context, Jwts jwts, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(await jwts.KeySetAsync(ct));
    }
}
