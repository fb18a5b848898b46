using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Davit.ControlPlane.SignOn;

internal sealed record TrustPath(string Org, string Rule);

/// <summary>Which identity tokens, such as those of CI jobs, are exchanged for tokens of a service principal.</summary>
internal static class TrustEndpoints
{
    private const int Longest = 500;
    private const int MostClaims = 20;
    private const int ShortestLife = 60;
    private const int LongestLife = 3600;

    public static void MapTrust(this IEndpointRouteBuilder app)
    {
        var rules = app.MapGroup("/v1/orgs/{org}/trust-rules").WithTags("People");
        rules.MapGet("", ListAsync).Needs("principal:read").WithName("ListTrustRules");
        rules.MapPost("", CreateAsync).Needs("principal:manage").WithName("CreateTrustRule");
        rules.MapGet("/{rule}", GetAsync).Needs("principal:read").WithName("GetTrustRule");
        rules.MapDelete("/{rule}", DeleteAsync).Needs("principal:manage").WithName("DeleteTrustRule");
    }

    private static async Task<Ok<Page<TrustView>>> ListAsync([AsParameters] OrgPath path, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        return TypedResults.Ok(new Page<TrustView>([.. (await database.ReadAsync(db => TrustTable.ListAsync(db, org.Id, ct), ct)).Select(View)], null));
    }

    private static async Task<Ok<TrustView>> GetAsync([AsParameters] TrustPath path, Caller caller, Database database, CancellationToken ct) => TypedResults.Ok(View(await FindAsync(database, caller, path.Rule, ct)));

    private static async Task<Created<Receipted<TrustView>>> CreateAsync([AsParameters] OrgPath path, TrustRequest body, Caller caller, Writers write, Outbound outbound, CancellationToken ct)
    {
        var org = await write.Places.OrgAsync(caller, path, ct);
        Check(body);
        if (outbound.Require(body.Issuer).Query is not "")
            throw new ProblemException(SignOnProblems.RefusedAddress(body.Issuer));
        var row = await write.Database.ReadAsync(db => DraftAsync(db, org.Id, body, caller, write.Clock, ct), ct);
        return await Names.ReserveAsync("trust rule", body.Name, () => write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            await TrustTable.InsertAsync(w, row, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("trust-rule-create", "accepted", [row.Id.ToString(), row.ServiceId.ToString()], [("exchange a token", $"davit token exchange {row.Id}")]), ct);
            return TypedResults.Created($"/v1/orgs/{path.Org}/trust-rules/{row.Name}", new Receipted<TrustView>(View(row), receipt));
        }, ct));
    }

    private static async Task<Ok<Receipted<TrustView>>> DeleteAsync([AsParameters] TrustPath path, [AsParameters] Destruction asked, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await FindAsync(write.Database, caller, path.Rule, ct);
        var expected = asked.Check(row.Name, row.Version);
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await TrustTable.DeleteAsync(w, row.Id, expected, ct))
                throw new ProblemException(ApiProblems.Moved(row.Name, expected, row.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("trust-rule-delete", "accepted", [row.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<TrustView>(View(row), receipt));
        }, ct);
    }

    /// <summary>Issuers sign for everybody: without a condition any job of anybody would do.</summary>
    private static void Check(TrustRequest body)
    {
        var why = body switch
        {
            { Audience.Length: 0 or > Longest } => "the audience has 1 to 500 characters",
            { Claims.Count: 0 or > MostClaims } => $"it names 1 to {MostClaims} claims",
            { LifeSeconds: < ShortestLife or > LongestLife } => $"tokens last {ShortestLife} to {LongestLife} seconds",
            _ when body.Claims.Any(c => c.Key.Length is 0 or > 200 || c.Value is not { Length: > 0 and <= Longest }) => "each claim has a name and a value of at most 500 characters",
            _ when body.Claims.All(c => c.Value.All(l => l is '*')) => "none of its claims asks for anything",
            _ => null,
        };
        if (why is not null)
            throw new ProblemException(SignOnProblems.BadRule(why));
    }

    private static async Task<TrustRow> DraftAsync(NpgsqlConnection db, OrgId org, TrustRequest body, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        // What a token makes can do no more than the token, and nobody watches over the rule afterwards.
        if (caller.Principal.Limits is { Permissions: not null } or { Within.IsEmpty: false })
            throw new ProblemException(ApiProblems.NotPermitted("principal:manage", "this token is confined"));
        var service = await ServicePrincipalTable.FindAsync(db, org, body.Principal, ct) ?? throw new ProblemException(ApiProblems.Missing("principal", body.Principal));
        var within = body.On is { } on ? (await ScopeNames.FindAsync(db, org, on, ct)).Deepest : default(ScopeRef?);
        var permissions = await PermissionsAsync(db, org, body.Role, ct);
        return new TrustRow
        {
            Id = Id.New<TrustRuleId>(clock), OrgId = caller.Org, ServiceId = service.Id, Principal = service.Name, Name = body.Name, Issuer = body.Issuer, Audience = body.Audience, Conditions = new(body.Claims), Role = body.Role, Permissions = permissions,
            WithinLevel = within is { } scope ? ScopeLevels.Text(scope.Level) : null, WithinId = within?.Id, LifeS = body.LifeSeconds, Version = 1, CreatedAt = clock.GetUtcNow(),
        };
    }

    private static async Task<string[]?> PermissionsAsync(NpgsqlConnection db, OrgId org, string? role, CancellationToken ct) => role switch
    {
        null => null,
        _ when BuiltInRoles.IsOne(role) => [.. BuiltInRoles.PermissionsOf(role)],
        _ => (await RoleTable.FindAsync(db, org, role, ct) ?? throw new ProblemException(ApiProblems.Missing("role", role))).Permissions,
    };

    private static async Task<TrustRow> FindAsync(Database database, Caller caller, string nameOrId, CancellationToken ct) =>
        await database.ReadAsync(db => TrustTable.FindAsync(db, caller.Org, nameOrId, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("trust rule", nameOrId));

    private static TrustView View(TrustRow row) => new(
        row.Id.ToString(), row.Name, row.Principal, row.Issuer, row.Audience, row.Conditions.Claims, row.Role, row.WithinLevel is { } level && row.WithinId is { } id ? new ScopeRef(ScopeLevels.Parse(level), id).ToString() : null, row.LifeS, row.Version, row.CreatedAt);
}
