using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.People;
using Davit.Store.Resources;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.SignIn;

/// <summary>Makes the first owner, once.</summary>
internal static class SetupEndpoints
{
    public static void MapSetup(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/setup", GetAsync).OpenToAll().WithName("GetSetup").WithTags("People");
        app.MapPost("/v1/setup", SetUpAsync).OpenToAll().WithName("SetUp").WithTags("People");
    }

    private static async Task<Ok<SetupView>> GetAsync(Database database, CancellationToken ct) =>
        TypedResults.Ok(new SetupView(!await database.ReadAsync(db => UserTable.AnyOperatorAsync(db, ct), ct)));

    /// <summary>The first org exists from the first start; whoever has the code becomes its owner and may name it.</summary>
    private static async Task<Created<SignedIn>> SetUpAsync(SetupRequest body, HttpContext context, SetupParts parts, CancellationToken ct)
    {
        if (await parts.Database.ReadAsync(db => UserTable.AnyOperatorAsync(db, ct), ct))
            throw new ProblemException(AccessProblems.SetUpAlready());
        var (email, org) = (Addresses.Require(body.Email), body.Org is null ? null : Names.Check(body.Org));
        var name = PersonNames.Require(body.Name);
        parts.Passwords.RequireStrong(body.Password, email, name);
        if (!await parts.Code.TryAsync(parts.Database, body.Code, ct))
            throw new ProblemException(await parts.Database.ReadAsync(db => UserTable.AnyOperatorAsync(db, ct), ct) ? AccessProblems.SetUpAlready() : AccessProblems.WrongSetupCode());

        var user = new UserRow
        {
            Id = Id.New<UserId>(parts.Clock), Email = email, Name = name, Password = await parts.Passwords.HashAsync(body.Password, ct), IsOperator = true, Version = 1, CreatedAt = parts.Clock.GetUtcNow(),
        };
        var answer = await MakeAsync(parts, user, org, new SignInPlace(ClientAddress.Of(context).ToString(), context.TraceIdentifier, "setup"), ct);
        parts.Code.Forget();
        return TypedResults.Created("/v1/me", answer);
    }

    private static async Task<SignedIn> MakeAsync(SetupParts parts, UserRow user, string? org, SignInPlace from, CancellationToken ct)
    {
        var first = (await parts.Database.ReadAsync(db => OrgTable.AllAsync(db, ct), ct))[0];
        return await parts.Database.WriteAsync(new Cause(first, user.Id.ToString(), from.RequestId, user.Id.ToString()) { Address = from.Address }, async w =>
        {
            if (!await SetupCode.TakeAsync(w, ct) || await UserTable.AnyOperatorAsync(w.Db, ct))
                throw new ProblemException(AccessProblems.SetUpAlready());
            await Names.ReserveMailAsync(user.Email, () => UserTable.InsertAsync(w, user, ct));
            if (org is not null)
                await OrgTable.RenameAsync(w, first, null, org, ct);
            await MemberTable.InsertAsync(w, user.Id, BuiltInRoles.Owner, ct);
            return (await parts.Sessions.BeginAsync(w, user, isBrowser: false, hasSecondFactor: false, from, ct)).Answer;
        }, ct);
    }
}

/// <summary>What setting up works with.</summary>
internal sealed record SetupParts(Database Database, SetupCode Code, Passwords Passwords, Sessions Sessions, TimeProvider Clock);
