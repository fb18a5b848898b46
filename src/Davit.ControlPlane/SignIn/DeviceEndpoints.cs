using System.Security.Cryptography;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.SignOn;
using Davit.Model;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Davit.ControlPlane.SignIn;

/// <summary>Sign-in of devices that have no browser (RFC 8628), and the refreshing of tokens (RFC 6749, section 6).</summary>
internal static class DeviceEndpoints
{
    private const string DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
    private const string RefreshGrant = "refresh_token";

    /// <summary>Without vowels and digits that look like letters: no words, no mistakes (RFC 8628, section 6.1).</summary>
    private const string Letters = "BCDFGHJKLMNPQRSTVWXZ";

    private const int IntervalSeconds = 5;

    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    public static void MapDevices(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/oauth/device_authorization", AuthoriseAsync).OpenToAll().DisableAntiforgery().WithName("AuthoriseDevice").WithTags("People");
        app.MapPost("/v1/oauth/token", TokenAsync).OpenToAll().DisableAntiforgery().WithName("TakeToken").WithTags("People");
        app.MapGet("/v1/devices/{code}", GetAsync).NeedsSignIn().WithName("GetDevice").WithTags("People");
        app.MapPut("/v1/devices/{code}", AnswerAsync).NeedsSignIn().WithName("AnswerDevice").WithTags("People");
    }

    private static async Task<Ok<DeviceAuthorization>> AuthoriseAsync([FromForm(Name = "client_id")] string? client, HttpContext context, Database database, TimeProvider clock, CancellationToken ct)
    {
        var (device, user) = (SessionTokens.Random(), RandomNumberGenerator.GetString(Letters, 8));
        var now = clock.GetUtcNow();
        var row = new DeviceRow
        {
            UserCode = user, Device = Short(client ?? "davit"), Address = ClientAddress.Of(context).ToString(), ExpiresAt = now + GoodFor, PolledAt = null, IntervalS = IntervalSeconds, AnsweredBy = null, IsApproved = null, HasSecondFactor = false,
        };
        await database.ReadAsync(async db => { await SignInTable.AddDeviceAsync(db, device, row, now, ct); return true; }, ct);
        return TypedResults.Ok(new DeviceAuthorization(device, $"{user[..4]}-{user[4..]}", $"{context.Request.Scheme}://{context.Request.Host}/device", (int)GoodFor.TotalSeconds, IntervalSeconds));
    }

    private static async Task<Results<Ok<TokenAnswer>, BadRequest<TokenRefusal>>> TokenAsync([AsParameters] TokenForm form, HttpContext context, DeviceParts parts, CancellationToken ct)
    {
        var place = new SignInPlace(ClientAddress.Of(context).ToString(), context.TraceIdentifier, "");
        context.Response.Headers.CacheControl = "no-store";
        return form.Grant switch
        {
            DeviceGrant => await DeviceAsync(form.Device ?? "", place, parts, ct),
            TokenExchange.Grant => await parts.Exchange.ExchangeAsync(form.Audience, form.SubjectToken, form.SubjectType, place, ct) is var (given, refusal) && given is not null ? TypedResults.Ok(given) : TypedResults.BadRequest(refusal!),
            RefreshGrant => await parts.Sessions.RefreshAsync(form.Refresh ?? "", place, ct) is { } renewed ? Answer(renewed) : Refuse("invalid_grant", "The refresh token is unknown, too old, or was used before; in the last case its session has been ended."),
            _ => Refuse("unsupported_grant_type", $"It is {DeviceGrant}, {TokenExchange.Grant} or {RefreshGrant}."),
        };
    }

    private static async Task<Results<Ok<TokenAnswer>, BadRequest<TokenRefusal>>> DeviceAsync(string code, SignInPlace place, DeviceParts parts, CancellationToken ct)
    {
        var now = parts.Clock.GetUtcNow();
        var row = await parts.Database.ReadAsync(db => SignInTable.PollAsync(db, code, now, ct), ct);
        if (row is null || row.ExpiresAt <= now)
            return Refuse("expired_token", "The code is unknown or too old.");
        if (row.PolledAt is { } before && now - before < TimeSpan.FromSeconds(row.IntervalS))
            return Refuse("slow_down", $"Ask every {row.IntervalS + IntervalSeconds} seconds.");
        if (row.IsApproved is null)
            return Refuse("authorization_pending", "Nobody has answered yet.");
        if (row is not { IsApproved: true, AnsweredBy: { } by } || await parts.Database.ReadAsync(db => UserTable.GetAsync(db, by, ct), ct) is not { } user)
            return Refuse("access_denied", "The sign-in was denied.");
        return await BeginAsync(code, row, user, place, parts, ct) is { } begun ? Answer(begun) : Refuse("expired_token", "The code was used.");
    }

    private static async Task<SignedIn?> BeginAsync(string code, DeviceRow row, UserRow user, SignInPlace place, DeviceParts parts, CancellationToken ct)
    {
        var home = await parts.Database.ReadAsync(db => UserTable.HomeAsync(db, user.Id, ct), ct);
        return await parts.Database.WriteAsync(new Cause(home, user.Id.ToString(), place.RequestId, place.RequestId) { Address = place.Address }, async w =>
            await SignInTable.TakeDeviceAsync(w.Db, code, ct) ? (await parts.Sessions.BeginAsync(w, user, isBrowser: false, row.HasSecondFactor, place with { Device = row.Device, Org = row.OrgId, Provider = row.ProviderId }, ct)).Answer : null, ct);
    }

    private static async Task<Ok<DeviceView>> GetAsync(string code, Caller caller, Database database, TimeProvider clock, CancellationToken ct)
    {
        _ = caller.Person;
        return TypedResults.Ok(View(await WaitingAsync(database, code, clock, ct)));
    }

    /// <summary>Only a person's own session may let a device in: a token could else make itself a longer life.</summary>
    private static async Task<Ok<Receipted<DeviceView>>> AnswerAsync(string code, DeviceAnswer body, Caller caller, Writers write, CancellationToken ct)
    {
        var session = caller.Person.Session ?? throw new ProblemException(AccessProblems.NoPerson());
        var user = caller.Person.User;
        var row = await WaitingAsync(write.Database, code, write.Clock, ct);
        return await write.WriteAsync(caller, user.Id.ToString(), async w =>
        {
            if (!await SignInTable.AnswerDeviceAsync(w, row.UserCode, session, body.Approve, ct))
                throw new ProblemException(AccessProblems.NoDevice(code));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft(body.Approve ? "device-approve" : "device-deny", "accepted", [user.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<DeviceView>(View(row), receipt));
        }, ct);
    }

    private static async Task<DeviceRow> WaitingAsync(Database database, string code, TimeProvider clock, CancellationToken ct) =>
        await database.ReadAsync(db => SignInTable.WaitingAsync(db, code.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant(), clock.GetUtcNow(), ct), ct) ?? throw new ProblemException(AccessProblems.NoDevice(code));

    private static Ok<TokenAnswer> Answer(SignedIn signed) => TypedResults.Ok(new TokenAnswer(signed.AccessToken!, "Bearer", (int)SessionTokens.AccessLife.TotalSeconds, signed.RefreshToken));

    private static BadRequest<TokenRefusal> Refuse(string error, string why) => TypedResults.BadRequest(new TokenRefusal(error, why));

    private static string Short(string text) => new([.. text.Where(c => !char.IsControl(c)).Take(60)]);

    private static DeviceView View(DeviceRow row) => new($"{row.UserCode[..4]}-{row.UserCode[4..]}", row.Device, row.Address, row.ExpiresAt);
}

/// <summary>The fields of a token request.</summary>
internal sealed record TokenForm(
    [FromForm(Name = "grant_type")] string? Grant, [FromForm(Name = "device_code")] string? Device, [FromForm(Name = "refresh_token")] string? Refresh,
    [FromForm(Name = "subject_token")] string? SubjectToken, [FromForm(Name = "subject_token_type")] string? SubjectType, [FromForm(Name = "audience")] string? Audience);

/// <summary>What the sign-in of devices works with.</summary>
internal sealed record DeviceParts(Database Database, Sessions Sessions, TokenExchange Exchange, TimeProvider Clock);
