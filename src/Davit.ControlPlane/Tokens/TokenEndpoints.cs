using System.Net;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.Access;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Tokens;

internal sealed record TokenPath(string Org, string Token);

/// <summary>Tokens for programs: of one's own, or of a service principal. Each is shown once.</summary>
internal static class TokenEndpoints
{
    private const int LongestName = 100;

    private static readonly TimeSpan Usual = TimeSpan.FromDays(90);
    private static readonly TimeSpan Most = TimeSpan.FromDays(366);

    public static void MapTokens(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/v1/orgs/{org}/tokens").WithTags("People");
        tokens.MapGet("", ListAsync).Needs("org:read").WithName("ListTokens");
        tokens.MapPost("", CreateAsync).Needs("token:create").WithName("CreateToken");
        tokens.MapDelete("", RevokeAllAsync).Needs("token:revoke").WithName("RevokeTokens");
        tokens.MapDelete("/{token}", RevokeAsync).Needs("org:read").WithName("RevokeToken");
    }

    /// <summary>One's own; of everybody for those who may see them.</summary>
    private static async Task<Ok<Page<TokenView>>> ListAsync([AsParameters] OrgPath path, [AsParameters] Paging paging, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        var after = paging.After() is { Length: > 0 } text ? Id.Parse<KeyId>(text).Value : Guid.Empty;
        var rows = await database.ReadAsync(db => TokenTable.ListAsync(db, org.Id, Own(caller, "token:read"), after, paging.Take + 1, ct), ct);
        return TypedResults.Ok(paging.Of(rows, View, r => r.Id.ToString()));
    }

    private static async Task<Created<Receipted<TokenMade>>> CreateAsync([AsParameters] OrgPath path, TokenRequest body, Caller caller, Writers write, CancellationToken ct)
    {
        var org = await write.Places.OrgAsync(caller, path, ct);
        var now = write.Clock.GetUtcNow();
        var expires = body.ExpiresAt ?? now + Usual;
        Check(body, expires, now, Most, "366 days");
        var owner = await write.Database.ReadAsync(db => OwnerAsync(db, org.Id, body, caller, write.Clock, ct), ct);
        var secret = TokenTable.Make();
        // The answer to a repeat is kept, and the token is not: a repeat makes another token.
        return await write.WriteAsync(caller with { Key = null }, owner.Id.ToString(), async w =>
        {
            await TokenTable.InsertAsync(w, owner, body.Name, secret, expires, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("token-create", "accepted", [owner.Id.ToString()], [("revoke it", $"davit token revoke {owner.Id}")]), ct);
            return TypedResults.Created($"/v1/orgs/{path.Org}/tokens", new Receipted<TokenMade>(new(View(owner, body.Name, secret, now, expires), secret), receipt));
        }, ct);
    }

    private static async Task<Ok<Receipted<string>>> RevokeAsync([AsParameters] TokenPath path, Caller caller, Writers write, CancellationToken ct)
    {
        var id = Id.Parse<KeyId>(path.Token);
        return await write.WriteAsync(caller, id.ToString(), async w =>
        {
            if (!await TokenTable.RevokeAsync(w, id, Own(caller, "token:revoke"), ct))
                throw new ProblemException(ApiProblems.Missing("token", path.Token));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("token-revoke", "accepted", [id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<string>(id.ToString(), receipt));
        }, ct);
    }

    /// <summary>Every token that somebody holds in the org, whoever has got hold of it.</summary>
    private static async Task<Ok<Receipted<int>>> RevokeAllAsync([AsParameters] OrgPath path, string of, Caller caller, Writers write, CancellationToken ct)
    {
        var org = await write.Places.OrgAsync(caller, path, ct);
        var (user, service) = await write.Database.ReadAsync(async db => (await MemberTable.FindAsync(db, org.Id, of, ct), await ServicePrincipalTable.FindAsync(db, org.Id, of, ct)), ct);
        if (user is null && service is null)
            throw new ProblemException(ApiProblems.Missing("member or principal", of));
        return await write.WriteAsync(caller, user?.UserId.ToString() ?? service!.Id.ToString(), async w =>
        {
            var count = await TokenTable.RevokeAllAsync(w, user?.UserId, service?.Id, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("token-revoke-all", "accepted", [user?.UserId.ToString() ?? service!.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<int>(count, receipt));
        }, ct);
    }

    /// <returns>Whose alone; null for everybody's.</returns>
    private static UserId? Own(Caller caller, string permission) => caller.Rights.May(permission, AccessTarget.Of(caller.Org)) ? null : caller.Person.User.Id;

    public static void Check(TokenRequest body, DateTimeOffset expires, DateTimeOffset now, TimeSpan most, string mostText)
    {
        if (body.Name.Length is 0 or > LongestName || body.Name.Any(char.IsControl))
            throw new ProblemException(ApiProblems.BadBody($"'name' has 1 to {LongestName} characters on one line"));
        if (expires <= now || expires > now + most)
            throw new ProblemException(AccessProblems.BadLife("The end of a token", mostText));
        if (body.Permissions?.Where(p => PermissionCatalog.Find(p) is not { Level: not ScopeLevel.Installation }).ToList() is { Count: > 0 } unknown)
            throw new ProblemException(AccessProblems.UnknownPermissions(unknown));
        if (body.Networks.FirstOrDefault(n => !IPNetwork.TryParse(n, out _) && !IPAddress.TryParse(n, out _)) is { } bad)
            throw new ProblemException(AccessProblems.BadNetwork(bad));
    }

    /// <summary>A token made with a token can do no more than that one: its limits are taken over.</summary>
    public static async Task<TokenOwner> OwnerAsync(Npgsql.NpgsqlConnection db, OrgId org, TokenRequest body, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var limits = caller.Principal.Limits;
        var within = body.Within is { } named ? (await ScopeNames.FindAsync(db, org, named, ct)).Chain : limits.Within;
        if (limits.Within is [.., var confined] && !within.Contains(confined))
            throw new ProblemException(ApiProblems.NotPermitted("token:create", $"this token is confined to {confined}"));
        var permissions = body.Permissions ?? limits.Permissions?.ToArray();
        if (limits.Permissions is { } held && permissions!.Where(p => !held.Contains(p)).ToList() is { Count: > 0 } more)
            throw new ProblemException(AccessProblems.ExceedsOwn(more));
        var owner = new TokenOwner
        {
            Id = Id.New<KeyId>(clock), OrgId = org, Actor = "", IsHost = false, Permissions = permissions?.ToArray(), WithinLevel = within is [.., var last] ? ScopeLevels.Text(last.Level) : null, WithinId = within is [.., var deepest] ? deepest.Id : null, Networks = [.. body.Networks],
        };
        if (body.Principal is not { } principal)
            return owner with { UserId = caller.Person.User.Id, Actor = caller.Person.Actor, ProviderId = caller.Person.Provider };
        caller.Require("principal:manage", AccessTarget.Of(org));
        var service = await ServicePrincipalTable.FindAsync(db, org, principal, ct) ?? throw new ProblemException(ApiProblems.Missing("principal", principal));
        return owner with { ServiceId = service.Id, Actor = service.Id.ToString() };
    }

    private static string? Within(string? level, Guid? id) => level is null || id is not { } value ? null : new ScopeRef(ScopeLevels.Parse(level), value).ToString();

    private static TokenView View(TokenRow row) => new(row.Id.ToString(), row.Name, row.Owner, row.Hint, row.Permissions, Within(row.WithinLevel, row.WithinId), row.Networks, row.CreatedAt, row.ExpiresAt, row.LastUsedAt) { Format = row.Format };

    public static TokenView View(TokenOwner owner, string name, string secret, DateTimeOffset now, DateTimeOffset expires) =>
        new(owner.Id.ToString(), name, owner.Actor, secret[..10], owner.Permissions, Within(owner.WithinLevel, owner.WithinId), owner.Networks, now, expires, null);
}
