using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.SignIn;

/// <summary>Signing in and out.</summary>
internal static class SessionEndpoints
{
    private const string This = "current";

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("/v1/sessions").WithTags("People");
        sessions.MapPost("", SignInAsync).OpenToAll().WithName("SignIn");
        sessions.MapGet("", ListAsync).NeedsSignIn().WithName("ListSessions");
        sessions.MapDelete("", EndAllAsync).NeedsSignIn().WithName("EndSessions");
        sessions.MapDelete("/{session}", EndAsync).NeedsSignIn().WithName("EndSession");
        sessions.MapPost("/proof", ProveAsync).NeedsSignIn().WithName("ProveSession");
    }

    private static async Task<Ok<SignedIn>> SignInAsync(SignInRequest body, HttpContext context, SignInDoor door, CancellationToken ct)
    {
        RequireForm(body.As);
        return Begun(await door.EnterAsync(body, ClientAddress.Of(context), context.TraceIdentifier, ct), context);
    }

    /// <exception cref="ProblemException">DV4004.</exception>
    public static void RequireForm(string form)
    {
        if (form is not ("token" or "cookie"))
            throw new ProblemException(ApiProblems.BadBody($"'as' is 'token' or 'cookie', not '{form}'"));
    }

    /// <summary>Gives a browser its cookie.</summary>
    public static Ok<SignedIn> Begun((SignedIn Answer, string? Cookie) begun, HttpContext context)
    {
        if (begun.Cookie is not null)
            context.Response.Cookies.Append(SessionTokens.Cookie, begun.Cookie, CookieForm(begun.Answer.ExpiresAt));
        return TypedResults.Ok(begun.Answer);
    }

    private static async Task<Ok<Page<SessionView>>> ListAsync(Caller caller, Database database, TimeProvider clock, CancellationToken ct)
    {
        var person = caller.Person;
        var rows = await database.ReadAsync(db => SessionTable.ListAsync(db, person.User.Id, clock.GetUtcNow(), ct), ct);
        return TypedResults.Ok(new Page<SessionView>([.. rows.Select(r => View(r, person))], null));
    }

    private static async Task<Ok<Receipted<SessionView>>> EndAsync(string session, Caller caller, HttpContext context, Writers write, CancellationToken ct)
    {
        var person = caller.Person;
        var id = session is This ? person.Session?.Id ?? throw new ProblemException(AccessProblems.NoPerson()) : Id.Parse<SessionId>(session);
        var row = await write.Database.ReadAsync(db => SessionTable.GetAsync(db, id, ct), ct);
        if (row is null || row.UserId != person.User.Id)
            throw new ProblemException(ApiProblems.Missing("session", session));
        if (id == person.Session?.Id)
            context.Response.Cookies.Delete(SessionTokens.Cookie, CookieForm(null));
        return await write.WriteAsync(caller, id.ToString(), async w =>
        {
            await SessionTable.EndAsync(w, person.User.Id, id, "signed out", ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("session-end", "accepted", [id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<SessionView>(View(row, person), receipt));
        }, ct);
    }

    /// <summary>Ends all but the one that asks.</summary>
    private static async Task<Ok<Receipted<int>>> EndAllAsync(Caller caller, Writers write, CancellationToken ct)
    {
        var person = caller.Person;
        return await write.WriteAsync(caller, person.User.Id.ToString(), async w =>
        {
            var ended = await SessionTable.EndAllAsync(w, person.User.Id, person.Session?.Id, "signed out everywhere", ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("session-end-all", "accepted", [person.User.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<int>(ended, receipt));
        }, ct);
    }

    /// <summary>Shows the password or a factor again, for what is dangerous.</summary>
    private static async Task<Ok<Receipted<SessionView>>> ProveAsync(ProofRequest body, Caller caller, Writers write, Prover prover, CancellationToken ct)
    {
        if (caller.Person.Session is null)
            throw new ProblemException(AccessProblems.NoPerson());
        return await ProvenAsync(caller, await prover.ProveAsync(caller.Person.User, body, caller, ct), write, ct);
    }

    /// <exception cref="ProblemException">DV7003: tokens have nothing to prove.</exception>
    public static async Task<Ok<Receipted<SessionView>>> ProvenAsync(Caller caller, bool hasFactor, Writers write, CancellationToken ct)
    {
        var person = caller.Person;
        var session = person.Session ?? throw new ProblemException(AccessProblems.NoPerson());
        return await write.WriteAsync(caller, session.Id.ToString(), async w =>
        {
            await SessionTable.ProveAsync(w.Db, session.Id, w.At, hasFactor, ct);
            w.Record(new("session.proven", [session.Id.ToString(), person.User.Id.ToString()], []));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("session-prove", "accepted", [session.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<SessionView>(View(session, person), receipt));
        }, ct);
    }

    public static CookieOptions CookieForm(DateTimeOffset? expires) => new() { Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", Expires = expires, IsEssential = true };

    private static SessionView View(SessionRow row, Principal.Person person) =>
        new(row.Id.ToString(), row.Kind, row.Device, row.Address, row.HasSecondFactor, row.CreatedAt, row.LastUsedAt, row.EndsAt, row.Id == person.Session?.Id);
}
