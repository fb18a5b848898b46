using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.SignIn;
using Davit.Model;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.SignOn;

/// <summary>Where browsers go to an org's identity provider, and where they come back.</summary>
internal static class SignOnEndpoints
{
    public static void MapSignOn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/sign-on/{tenant}/{name}", BeginAsync).OpenToAll().WithName("BeginSignOn").WithTags("People");
        app.MapGet("/v1/sign-on/callback", EndAsync).OpenToAll().WithName("EndSignOn").WithTags("People");
        var identities = app.MapGroup("/v1/me/identities").WithTags("People");
        identities.MapGet("", ListAsync).NeedsSignIn().WithName("ListIdentities");
        identities.MapPost("/{tenant}/{name}", LinkAsync).NeedsSignIn().WithName("LinkIdentity");
        identities.MapDelete("/{identity}", UnlinkAsync).NeedsSignIn().WithName("UnlinkIdentity");
    }

    private static async Task<RedirectHttpResult> BeginAsync(string tenant, string name, string? @return, HttpContext context, SignOnDoor door, Database database, CancellationToken ct)
    {
        var provider = await NamedAsync(database, tenant, name, ct);
        return TypedResults.Redirect(await SendAsync(door, provider, LocalPath.Of(@return), null, context, ct));
    }

    private static async Task<RedirectHttpResult> EndAsync([AsParameters] ProviderReturn answer, HttpContext context, SignOnDoor door, CancellationToken ct)
    {
        var browser = context.Request.Cookies[SignOnDoor.Cookie];
        context.Response.Cookies.Delete(SignOnDoor.Cookie, SessionEndpoints.CookieForm(null));
        context.Response.Headers.CacheControl = "no-store";
        var from = new SignInPlace(ClientAddress.Of(context).ToString(), context.TraceIdentifier, Device(context.Request));
        var (returnTo, session, cookie) = await door.EndAsync(new(answer.Code, answer.State, answer.Iss, answer.Error), browser, from, ct);
        if (cookie is not null)
            context.Response.Cookies.Append(SessionTokens.Cookie, cookie, SessionEndpoints.CookieForm(session!.ExpiresAt));
        return TypedResults.Redirect(returnTo);
    }

    private static async Task<Ok<Page<IdentityView>>> ListAsync(Caller caller, Database database, CancellationToken ct)
    {
        var rows = await database.ReadAsync(db => IdentityTable.ListAsync(db, caller.Person.User.Id, ct), ct);
        return TypedResults.Ok(new Page<IdentityView>([.. rows.Select(r => new IdentityView(r.Id.ToString(), r.Org, r.Provider, r.CreatedAt, r.UsedAt))], null));
    }

    /// <summary>Only whoever has just shown that it is him, and belongs to the org: the identity opens his account from then on.</summary>
    private static async Task<Ok<SignOnBegun>> LinkAsync(string tenant, string name, Caller caller, HttpContext context, SignOnDoor door, Prover prover, Database database, CancellationToken ct)
    {
        var user = caller.Person is { Session: not null } person ? person.User : throw new ProblemException(AccessProblems.NoPerson());
        prover.RequireFresh(caller);
        var provider = await NamedAsync(database, tenant, name, ct);
        if (await database.ReadAsync(db => MemberTable.FindAsync(db, provider.OrgId, user.Id.ToString(), ct), ct) is null)
            throw new ProblemException(ApiProblems.Missing("provider", name));
        return TypedResults.Ok(new SignOnBegun(await SendAsync(door, provider, "/", user.Id, context, ct)));
    }

    private static async Task<Ok<Receipted<string>>> UnlinkAsync(string identity, Caller caller, Writers write, Prover prover, CancellationToken ct)
    {
        var (id, user) = (Id.Parse<IdentityId>(identity), caller.Person.User);
        prover.RequireFresh(caller);
        return await write.WriteAsync(caller, user.Id.ToString(), async w =>
        {
            if (!await IdentityTable.UnlinkAsync(w, id, user.Id, ct))
                throw new ProblemException(ApiProblems.Missing("identity", identity));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("identity-unlink", "accepted", [id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<string>(id.ToString(), receipt));
        }, ct);
    }

    private static async Task<string> SendAsync(SignOnDoor door, ProviderRow provider, string returnTo, UserId? link, HttpContext context, CancellationToken ct)
    {
        var (address, browser) = await door.BeginAsync(provider, returnTo, link, ct);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Cookies.Append(SignOnDoor.Cookie, browser, SessionEndpoints.CookieForm(TimeProvider.System.GetUtcNow() + SignOnDoor.GoodFor));
        return address;
    }

    private static string Device(HttpRequest request) => new([.. request.Headers.UserAgent.ToString().Where(c => !char.IsControl(c)).Take(100)]);

    private static async Task<ProviderRow> NamedAsync(Database database, string org, string name, CancellationToken ct) =>
        await database.ReadAsync(db => ProviderTable.NamedAsync(db, org, name, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("provider", name));
}

/// <summary>The query that a provider sends a browser back with (RFC 6749, section 4.1.2; RFC 9207).</summary>
internal sealed record ProviderReturn(string? Code, string? State, string? Iss, string? Error);
