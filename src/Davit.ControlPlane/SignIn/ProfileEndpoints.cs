using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.SignIn;

/// <summary>What people keep about themselves.</summary>
internal static class ProfileEndpoints
{
    public static void MapProfile(this IEndpointRouteBuilder app)
    {
        var me = app.MapGroup("/v1/me").WithTags("People");
        me.MapGet("", GetAsync).NeedsSignIn().WithName("GetProfile");
        me.MapPut("/password", SetPasswordAsync).NeedsSignIn().WithName("SetPassword");
        me.MapPost("/authenticator", BeginAsync).NeedsSignIn().WithName("BeginAuthenticator");
        me.MapPut("/authenticator", ConfirmAsync).NeedsSignIn().WithName("ConfirmAuthenticator");
        me.MapDelete("/authenticator", RemoveAsync).NeedsSignIn().WithName("RemoveAuthenticator");
        me.MapPost("/recovery-codes", RenewCodesAsync).NeedsSignIn().WithName("RenewRecoveryCodes");
    }

    private static async Task<Ok<ProfileView>> GetAsync(Caller caller, Database database, CancellationToken ct)
    {
        var user = caller.Person.User;
        var (orgs, left, passkeys) = await database.ReadAsync(async db => (await MemberTable.OrgsOfAsync(db, user.Id, ct), await UserTable.RecoveryCodesLeftAsync(db, user.Id, ct), await PasskeyTable.CountAsync(db, user.Id, ct)), ct);
        return TypedResults.Ok(new ProfileView(UserViews.Of(user, user.TotpConfirmed || passkeys > 0), [.. orgs.Where(o => caller.Person.Org is not { } bound || bound == o.Id).Select(o => new ProfileOrg(o.Id.ToString(), o.Name, o.Role))], left, user.Version));
    }

    /// <summary>Every other session ends: whoever had the old password is out.</summary>
    private static async Task<Ok<Receipted<UserView>>> SetPasswordAsync(PasswordRequest body, Caller caller, Writers write, Passwords passwords, Prover prover, CancellationToken ct)
    {
        var (user, session) = (caller.Person.User, caller.Person.Session);
        await prover.ProveAsync(user, new ProofRequest(body.Present), caller, ct);
        passwords.RequireStrong(body.Wanted, user.Email, user.Name);
        var former = Passwords.Kept(user.Password, user.Passwords);
        if (await passwords.IsFormerAsync(former, body.Wanted, ct))
            throw new ProblemException(AccessProblems.WeakPassword("it was used for this account before"));
        var hash = await passwords.HashAsync(body.Wanted, ct);
        return await write.WriteAsync(caller, user.Id.ToString(), async w =>
        {
            await UserTable.SetPasswordAsync(w, user.Id, hash, former, ct);
            await SessionTable.EndAllAsync(w, user.Id, session?.Id, "the password was changed", ct);
            return await DoneAsync(write, w, "password-set", user, user.TotpConfirmed, ct);
        }, ct);
    }

    /// <summary>Makes a seed that counts only once a code of it has been given, so that nobody locks himself out.</summary>
    private static async Task<Ok<AuthenticatorView>> BeginAsync(Caller caller, Writers write, Factors factors, Prover prover, CancellationToken ct)
    {
        var user = caller.Person.User;
        prover.RequireFresh(caller);
        if (user.TotpConfirmed)
            throw new ProblemException(ApiProblems.Taken("authenticator", user.Email));
        var seed = TimeCodes.NewSeed();
        await write.Database.WriteAsync(caller.Causes(user.Id.ToString()), w => UserTable.SetTotpAsync(w, user.Id, factors.Seal(user.Id, seed), isConfirmed: false, ct), ct);
        return TypedResults.Ok(new AuthenticatorView(TimeCodes.Text(seed), TimeCodes.Address(seed, user.Email)));
    }

    private static async Task<Ok<RecoveryCodesView>> ConfirmAsync(CodeRequest body, Caller caller, Writers write, Factors factors, CancellationToken ct)
    {
        var user = caller.Person.User;
        if (user is not { TotpConfirmed: false, Totp: { } made } || TimeCodes.StepOf(factors.Open(user.Id, made), body.Code, write.Clock.GetUtcNow()) is not { } step)
            throw new ProblemException(AccessProblems.NeedsSecondFactor(wasWrong: true));
        var codes = TimeCodes.NewRecoveryCodes();
        await write.Database.WriteAsync(caller.Causes(user.Id.ToString()), async w =>
        {
            await UserTable.SetTotpAsync(w, user.Id, made, isConfirmed: true, ct);
            await UserTable.SpendStepAsync(w.Db, user.Id, step, ct);
            await UserTable.SetRecoveryCodesAsync(w, user.Id, [.. codes.Select(TimeCodes.Hash)], ct);
            if (caller.Person.Session is { } session)
                await SessionTable.ProveAsync(w.Db, session.Id, w.At, hasSecondFactor: true, ct);
        }, ct);
        return TypedResults.Ok(new RecoveryCodesView(codes));
    }

    private static async Task<Ok<Receipted<UserView>>> RemoveAsync(Caller caller, Writers write, Prover prover, CancellationToken ct)
    {
        var user = caller.Person.User;
        prover.RequireFresh(caller);
        return await write.WriteAsync(caller, user.Id.ToString(), async w =>
        {
            await UserTable.SetTotpAsync(w, user.Id, null, isConfirmed: false, ct);
            await UserTable.SetRecoveryCodesAsync(w, user.Id, [], ct);
            await FactorDemand.RequireLeftAsync(w.Db, user.Id, ct);
            return await DoneAsync(write, w, "authenticator-remove", user, await PasskeyTable.CountAsync(w.Db, user.Id, ct) > 0, ct);
        }, ct);
    }

    private static async Task<Ok<RecoveryCodesView>> RenewCodesAsync(Caller caller, Writers write, Prover prover, CancellationToken ct)
    {
        var user = caller.Person.User;
        prover.RequireFresh(caller);
        if (!user.TotpConfirmed)
            throw new ProblemException(ApiProblems.Missing("authenticator", user.Email, "Set one up first: davit profile authenticator"));
        var codes = TimeCodes.NewRecoveryCodes();
        await write.Database.WriteAsync(caller.Causes(user.Id.ToString()), async w =>
        {
            await UserTable.SetRecoveryCodesAsync(w, user.Id, [.. codes.Select(TimeCodes.Hash)], ct);
            w.Record(new("user.recovery-codes-renewed", [user.Id.ToString()], []));
        }, ct);
        return TypedResults.Ok(new RecoveryCodesView(codes));
    }

    private static async Task<Ok<Receipted<UserView>>> DoneAsync(Writers write, Writing w, string kind, UserRow user, bool hasSecondFactor, CancellationToken ct)
    {
        var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft(kind, "accepted", [user.Id.ToString()], []), ct);
        return TypedResults.Ok(new Receipted<UserView>(UserViews.Of(user, hasSecondFactor), receipt));
    }
}
