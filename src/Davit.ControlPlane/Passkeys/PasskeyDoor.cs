using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.SignIn;
using Davit.Model;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Identity;

namespace Davit.ControlPlane.Passkeys;

/// <summary>
/// Asks browsers to sign with a passkey and judges what they answer (Web Authentication level 2, section 7; the framework's
/// handler checks it). A passkey asks its owner for consent and for a finger, a face or a number, so it is two factors at once.
/// </summary>
internal sealed class PasskeyDoor(ServerOptions options, Database database, IPasskeyHandler<UserRow> handler, Sessions sessions, TimeProvider clock)
{
    private const int LongestReason = 200;

    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    /// <exception cref="ProblemException">DV7033.</exception>
    public async Task<PasskeyChallenge> AskForNewAsync(UserRow user, HttpContext context, CancellationToken ct)
    {
        RequireAddress();
        var made = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = user.Id.ToString(), Name = user.Email, DisplayName = user.Name }, context);
        return await KeepAsync(user.Id, made.CreationOptionsJson, made.AttestationState, ct);
    }

    /// <param name="user">Who shall prove that it is them; null for a sign-in, where the passkey says who it is.</param>
    /// <param name="context">Of the request.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="ProblemException">DV7033.</exception>
    public async Task<PasskeyChallenge> AskAsync(UserRow? user, HttpContext context, CancellationToken ct)
    {
        RequireAddress();
        var made = await handler.MakeRequestOptionsAsync(user, context);
        return await KeepAsync(user?.Id, made.RequestOptionsJson, made.AssertionState, ct);
    }

    /// <returns>What the browser has made.</returns>
    /// <exception cref="ProblemException">DV7023.</exception>
    public async Task<UserPasskeyInfo> JudgeNewAsync(UserRow user, string attempt, JsonObject credential, HttpContext context, CancellationToken ct)
    {
        var state = await TakeAsync(attempt, user.Id, context, ct);
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { CredentialJson = credential.ToJsonString(), AttestationState = state, HttpContext = context });
        if (!result.Succeeded)
            throw await RefuseAsync(user.Id, result.Failure.Message, context, ct);
        return result.UserEntity.Id == user.Id.ToString() ? result.Passkey : throw await RefuseAsync(user.Id, "it was made for somebody else", context, ct);
    }

    /// <param name="expected">Who shall prove that it is them; null for a sign-in.</param>
    /// <param name="proof">What the browser answered.</param>
    /// <param name="context">Of the request.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>Whose passkey it is.</returns>
    /// <exception cref="ProblemException">DV7023, which leaves an event.</exception>
    public async Task<UserRow> JudgeAsync(UserId? expected, PasskeyProof proof, HttpContext context, CancellationToken ct)
    {
        var state = await TakeAsync(proof.Attempt, expected, context, ct);
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { CredentialJson = proof.Credential.ToJsonString(), AssertionState = state, HttpContext = context });
        if (!result.Succeeded)
            throw await RefuseAsync(expected, result.Failure.Message, context, ct);
        if (expected is { } wanted && result.User.Id != wanted)
            throw await RefuseAsync(wanted, "it is somebody else's", context, ct);
        var isFirst = await database.ReadAsync(db => PasskeyTable.UseAsync(db, result.Passkey.CredentialId, PasskeyStore.Kept(result.Passkey), clock.GetUtcNow(), ct), ct);
        return isFirst ? result.User : throw await RefuseAsync(result.User.Id, "its count of uses was shown before", context, ct);
    }

    /// <exception cref="ProblemException">DV7023.</exception>
    public async Task<(SignedIn Answer, string? Cookie)> EnterAsync(PasskeySignIn asked, HttpContext context, CancellationToken ct)
    {
        var user = await JudgeAsync(null, new(asked.Attempt, asked.Credential), context, ct);
        var from = new SignInPlace(ClientAddress.Of(context).ToString(), context.TraceIdentifier, asked.Device);
        return await database.WriteAsync(await CauseAsync(user.Id, context, ct), w => sessions.BeginAsync(w, user, asked.As is "cookie", hasSecondFactor: true, from, ct), ct);
    }

    private void RequireAddress()
    {
        if (options.PublicUrl is "")
            throw new ProblemException(SignOnProblems.NeedsPublicUrl());
    }

    private async Task<PasskeyChallenge> KeepAsync(UserId? user, string optionsJson, string? state, CancellationToken ct)
    {
        var attempt = SessionTokens.Random();
        await database.ReadAsync(async db => { await PasskeyTable.AskAsync(db, attempt, user, state ?? "", clock.GetUtcNow() + GoodFor, ct); return true; }, ct);
        return new(attempt, JsonNode.Parse(optionsJson)!.AsObject());
    }

    private async Task<string> TakeAsync(string attempt, UserId? user, HttpContext context, CancellationToken ct) =>
        await database.ReadAsync(db => PasskeyTable.TakeAsync(db, attempt, user, clock.GetUtcNow(), ct), ct) ?? throw await RefuseAsync(user, "nothing was asked, or too long ago", context, ct);

    private async Task<ProblemException> RefuseAsync(UserId? user, string why, HttpContext context, CancellationToken ct)
    {
        await database.WriteAsync(await CauseAsync(user, context, ct), w =>
        {
            w.Record(new("access.passkey-refused", [w.Cause.Actor], new() { ["check"] = why.Length <= LongestReason ? why : why[..LongestReason], ["address"] = w.Cause.Address }));
            return Task.CompletedTask;
        }, ct);
        return new ProblemException(AccessProblems.PasskeyRefused());
    }

    private async Task<Cause> CauseAsync(UserId? user, HttpContext context, CancellationToken ct)
    {
        var home = await database.ReadAsync(db => UserTable.HomeAsync(db, user ?? default, ct), ct);
        return new Cause(home, user?.ToString() ?? "anonymous", context.TraceIdentifier, context.TraceIdentifier) { Address = ClientAddress.Of(context).ToString() };
    }
}
