using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.SignIn;
using Davit.Model;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Passkeys;

/// <summary>People's passkeys: made in a browser, and shown there instead of password and code.</summary>
internal static class PasskeyEndpoints
{
    private const int Most = 20;

    public static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        var mine = app.MapGroup("/v1/me/passkeys").WithTags("People");
        mine.MapGet("", ListAsync).NeedsSignIn().WithName("ListPasskeys");
        mine.MapPost("/challenge", AskForNewAsync).NeedsSignIn().WithName("BeginPasskey");
        mine.MapPost("", AddAsync).NeedsSignIn().WithName("AddPasskey");
        mine.MapPatch("/{passkey}", RenameAsync).NeedsSignIn().WithName("UpdatePasskey");
        mine.MapDelete("/{passkey}", RemoveAsync).NeedsSignIn().WithName("RemovePasskey");
        var sessions = app.MapGroup("/v1/sessions").WithTags("People");
        sessions.MapPost("/passkey/challenge", AskAsync).OpenToAll().WithName("BeginPasskeySignIn");
        sessions.MapPost("/passkey", SignInAsync).OpenToAll().WithName("SignInWithPasskey");
        sessions.MapPost("/proof/passkey/challenge", AskForProofAsync).NeedsSignIn().WithName("BeginPasskeyProof");
        sessions.MapPost("/proof/passkey", ProveAsync).NeedsSignIn().WithName("ProveSessionWithPasskey");
    }

    private static async Task<Ok<Page<PasskeyView>>> ListAsync(Caller caller, Database database, CancellationToken ct)
    {
        var rows = await database.ReadAsync(db => PasskeyTable.ListAsync(db, caller.Person.User.Id, ct), ct);
        return TypedResults.Ok(new Page<PasskeyView>([.. rows.Select(View)], null));
    }

    private static async Task<Ok<PasskeyChallenge>> AskForNewAsync(Caller caller, HttpContext context, PasskeyDoor door, Prover prover, CancellationToken ct)
    {
        prover.RequireFresh(caller);
        return TypedResults.Ok(await door.AskForNewAsync(caller.Person.User, context, ct));
    }

    private static async Task<Ok<Receipted<PasskeyView>>> AddAsync(PasskeyRequest body, Caller caller, HttpContext context, PasskeyDoor door, Writers write, CancellationToken ct)
    {
        var (name, user) = (PersonNames.Require(body.Name), caller.Person.User);
        var made = await door.JudgeNewAsync(user, body.Attempt, body.Credential, context, ct);
        var row = new PasskeyRow { Id = Id.New<PasskeyId>(write.Clock), UserId = user.Id, Name = name, CredentialId = made.CredentialId, Credential = PasskeyStore.Kept(made), CreatedAt = write.Clock.GetUtcNow() };
        return await write.WriteAsync(caller, user.Id.ToString(), async w =>
        {
            if (await PasskeyTable.CountAsync(w.Db, user.Id, ct) >= Most)
                throw new ProblemException(ApiProblems.BadBody($"an account has at most {Most} passkeys"));
            await PasskeyTable.InsertAsync(w, row, ct);
            if (caller.Person.Session is { } session)
                await SessionTable.ProveAsync(w.Db, session.Id, w.At, hasSecondFactor: true, ct);
            return await DoneAsync(write, w, "passkey-add", row, ct);
        }, ct);
    }

    private static async Task<Ok<Receipted<PasskeyView>>> RenameAsync(string passkey, PasskeyUpdate body, Caller caller, Writers write, CancellationToken ct)
    {
        var (name, row) = (PersonNames.Require(body.Name), await MineAsync(passkey, caller, write.Database, ct));
        return await write.WriteAsync(caller, row.UserId.ToString(), async w => await PasskeyTable.RenameAsync(w, row.Id, row.UserId, name, ct)
            ? await DoneAsync(write, w, "passkey-rename", row with { Name = name }, ct)
            : throw new ProblemException(ApiProblems.Missing("passkey", passkey)), ct);
    }

    private static async Task<Ok<Receipted<PasskeyView>>> RemoveAsync(string passkey, Caller caller, Writers write, Prover prover, CancellationToken ct)
    {
        var (user, row) = (caller.Person.User, await MineAsync(passkey, caller, write.Database, ct));
        prover.RequireFresh(caller);
        return await write.WriteAsync(caller, user.Id.ToString(), async w =>
        {
            if (!await PasskeyTable.DeleteAsync(w, row.Id, user.Id, ct))
                throw new ProblemException(ApiProblems.Missing("passkey", passkey));
            await FactorDemand.RequireLeftAsync(w.Db, user.Id, ct);
            return await DoneAsync(write, w, "passkey-remove", row, ct);
        }, ct);
    }

    private static async Task<Ok<PasskeyChallenge>> AskAsync(HttpContext context, PasskeyDoor door, CancellationToken ct) => TypedResults.Ok(await door.AskAsync(null, context, ct));

    private static async Task<Ok<SignedIn>> SignInAsync(PasskeySignIn body, HttpContext context, PasskeyDoor door, CancellationToken ct)
    {
        SessionEndpoints.RequireForm(body.As);
        return SessionEndpoints.Begun(await door.EnterAsync(body, context, ct), context);
    }

    private static async Task<Ok<PasskeyChallenge>> AskForProofAsync(Caller caller, HttpContext context, PasskeyDoor door, CancellationToken ct) =>
        TypedResults.Ok(await door.AskAsync(caller.Person.User, context, ct));

    private static async Task<Ok<Receipted<SessionView>>> ProveAsync(PasskeyProof body, Caller caller, HttpContext context, PasskeyDoor door, Writers write, CancellationToken ct)
    {
        await door.JudgeAsync(caller.Person.User.Id, body, context, ct);
        return await SessionEndpoints.ProvenAsync(caller, hasFactor: true, write, ct);
    }

    private static async Task<PasskeyRow> MineAsync(string passkey, Caller caller, Database database, CancellationToken ct)
    {
        var (id, user) = (Id.Parse<PasskeyId>(passkey), caller.Person.User.Id);
        var rows = await database.ReadAsync(db => PasskeyTable.ListAsync(db, user, ct), ct);
        return rows.FirstOrDefault(r => r.Id == id) ?? throw new ProblemException(ApiProblems.Missing("passkey", passkey));
    }

    private static async Task<Ok<Receipted<PasskeyView>>> DoneAsync(Writers write, Writing w, string kind, PasskeyRow row, CancellationToken ct)
    {
        var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft(kind, "accepted", [row.Id.ToString(), row.UserId.ToString()], []), ct);
        return TypedResults.Ok(new Receipted<PasskeyView>(View(row), receipt));
    }

    private static PasskeyView View(PasskeyRow row) => new(row.Id.ToString(), row.Name, row.Credential.IsBackedUp, row.CreatedAt, row.UsedAt);
}
