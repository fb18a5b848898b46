using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Davit.ControlPlane.Grants;

/// <param name="Who">A member's address, or the name or id of a service principal; oneself when left out.</param>
/// <param name="Can">A permission.</param>
/// <param name="On">A scope; the org when left out.</param>
internal sealed record AccessQuery(string? Who, string Can, string? On);

/// <summary>Says who may do what, and by which grant.</summary>
internal static class AccessEndpoints
{
    public static void MapAccess(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/orgs/{org}/access/explanation", ExplainAsync).Needs("org:read").WithName("ExplainAccess").WithTags("People");
        app.MapGet("/v1/orgs/{org}/access/holders", HoldersAsync).Needs("grant:read").WithName("ListAccessHolders").WithTags("People");
    }

    /// <summary>About oneself everybody may ask; about others whoever may see grants.</summary>
    private static async Task<Ok<AccessVerdict>> ExplainAsync([AsParameters] OrgPath path, [AsParameters] AccessQuery query, Caller caller, Places places, AccessParts parts, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        RequireKnown(query.Can);
        if (query.Who is not null)
            caller.Require("grant:read", AccessTarget.Of(org.Id));
        return TypedResults.Ok(await parts.Database.ReadAsync(async db =>
        {
            var target = await ScopeNames.FindAsync(db, org.Id, query.On, ct);
            var (name, rights) = query.Who is { } who ? await RightsOfAsync(db, org.Id, who, parts.Clock.GetUtcNow(), ct) : (caller.Actor, caller.Rights);
            var verdict = rights.Decide(query.Can, target);
            var lesser = verdict.IsAllowed || rights.OwesSecondFactor || verdict.By is { IsDeny: true } ? null : BuiltInRoles.Names.LastOrDefault(r => BuiltInRoles.PermissionsOf(r).Contains(query.Can));
            return new AccessVerdict(name, query.Can, target.Deepest.ToString(), verdict.IsAllowed, verdict.Why, verdict.By?.Id, lesser);
        }, ct));
    }

    private static async Task<Ok<Page<AccessHolder>>> HoldersAsync([AsParameters] OrgPath path, [AsParameters] AccessQuery query, Caller caller, Places places, AccessParts parts, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        RequireKnown(query.Can);
        var holders = await parts.Database.ReadAsync(async db =>
        {
            var target = await ScopeNames.FindAsync(db, org.Id, query.On, ct);
            var found = new List<AccessHolder>();
            foreach (var (id, name, kind, grants) in await AccessReading.OfAllAsync(db, org.Id, parts.Clock.GetUtcNow(), ct))
            {
                if (Free(grants).Decide(query.Can, target) is { IsAllowed: true } verdict)
                    found.Add(new AccessHolder(id, name, kind, verdict.By?.Id ?? ""));
            }

            return found;
        }, ct);
        return TypedResults.Ok(new Page<AccessHolder>(holders, null));
    }

    private static async Task<(string Name, Rights Rights)> RightsOfAsync(NpgsqlConnection db, OrgId org, string who, DateTimeOffset now, CancellationToken ct)
    {
        if (await MemberTable.FindAsync(db, org, who, ct) is { } member)
            return (member.Email, Free(await AccessReading.OfAsync(db, org, new PrincipalRef(member.UserId, null), now, ct)));
        if (await ServicePrincipalTable.FindAsync(db, org, who, ct) is { } service)
            return (service.Name, Free(await AccessReading.OfAsync(db, org, new PrincipalRef(null, service.Id), now, ct)));
        throw new ProblemException(ApiProblems.Missing("member", who));
    }

    /// <summary>As if from anywhere and with a second factor: conditions are told with the grant.</summary>
    private static Rights Free(IEnumerable<HeldGrant> grants) => new(grants, TokenLimits.None, isOperator: false, new Circumstances(_ => true, HasSecondFactor: true));

    private static void RequireKnown(string permission)
    {
        if (PermissionCatalog.Find(permission) is null)
            throw new ProblemException(AccessProblems.UnknownPermissions([permission]));
    }
}

internal sealed record AccessParts(Database Database, TimeProvider Clock);
