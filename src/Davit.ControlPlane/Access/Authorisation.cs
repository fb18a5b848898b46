using Davit.ControlPlane.Tokens;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.People;
using Davit.Store.Resources;
using Npgsql;

namespace Davit.ControlPlane.Access;

/// <summary>
/// Decides whether a request is let through: who it comes from, which org, project, app and environment its path names, and
/// whether the permission is held there. What belongs to another org is answered like what does not exist.
/// </summary>
internal sealed class Authorisation(Database database, Denials denials, Jwts jwts, TimeProvider clock)
{
    private const string Bearer = "Bearer ";

    /// <exception cref="ProblemException">DV4002, DV4001 or DV4003. The latter two leave an event, if they may be attempts.</exception>
    public async Task<Caller> AdmitAsync(HttpContext context, Permission permission, CancellationToken ct)
    {
        var principal = await PrincipalAsync(context, ct) ?? throw new ProblemException(ApiProblems.SignInFirst("its token is unknown, expired or revoked"));
        var address = ClientAddress.Of(context);
        if (principal.Networks.Length > 0 && !principal.Networks.Any(n => ClientAddress.IsIn(address, n)))
            throw new ProblemException(ApiProblems.SignInFirst("its token may not be shown from this network"));

        var (caller, missing) = await database.ReadAsync(db => CallerAsync(db, context, principal, ct), ct);
        if (missing is var (kind, name))
        {
            await DenyAsync(context, caller, permission, StatusCodes.Status404NotFound, kind is "org" || Id.Looks(name));
            throw new ProblemException(ApiProblems.Missing(kind, name));
        }

        if (permission.IsSelf && principal is Principal.Person { Org: not null } && !MayWithoutOwnSignIn(context))
            throw new ProblemException(SignOnProblems.NeedsOwnSignIn());
        if (!permission.IsSelf && caller.Rights.Decide(permission.Name, caller.Target) is { IsAllowed: false } verdict)
        {
            await DenyAsync(context, caller, permission, StatusCodes.Status403Forbidden, isAttempt: true);
            throw new ProblemException(caller.Rights.OwesSecondFactor ? PeopleProblems.OwesSecondFactor() : ApiProblems.NotPermitted(permission.Name, verdict.Why));
        }

        if (caller.SuspendedFor is { } reason && IsChange(permission))
            throw new ProblemException(PeopleProblems.OrgSuspended(reason));

        return caller;
    }

    /// <summary>Looking, signing out, and letting a device in that is confined like the session itself.</summary>
    private static bool MayWithoutOwnSignIn(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName is "EndSession" or "AnswerDevice";

    /// <summary>Whether a request that was let through would be let through now.</summary>
    public async Task<bool> StillMayAsync(HttpContext context, Permission permission, CancellationToken ct)
    {
        if (await PrincipalAsync(context, ct) is not { } principal)
            return false;
        var (caller, missing) = await database.ReadAsync(db => CallerAsync(db, context, principal, ct), ct);
        return missing is null && (permission.IsSelf || caller.Rights.May(permission.Name, caller.Target)) && !(caller.SuspendedFor is not null && IsChange(permission));
    }

    /// <summary>What a principal holds in an org.</summary>
    public static async Task<Rights> RightsAsync(NpgsqlConnection db, OrgId org, Principal principal, Circumstances circumstances, DateTimeOffset now, CancellationToken ct)
    {
        if (principal is Principal.Host host)
            return new Rights(host.Org == org ? [OfHost(org)] : [], principal.Limits, isOperator: true, circumstances);
        var isElsewhere = principal is Principal.Person { Org: { } bound } && bound != org || principal is Principal.Service service && service.Org != org;
        var grants = isElsewhere ? [] : await AccessReading.OfAsync(db, org, principal.Reference, now, ct);
        return new Rights(grants, principal.Limits, principal is Principal.Person { User.IsOperator: true, IsVouchedFor: false }, circumstances);
    }

    /// <summary>What operators do to orgs, they do to all of them, also to those that they do not belong to.</summary>
    private static bool ReachesEvery(HttpContext context, Rights rights) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Permission>() is { } permission && IsOfInstallation(permission) && rights.May(permission.Name, AccessTarget.Installation);

    private static bool IsOfInstallation(Permission permission) => PermissionCatalog.Find(permission.Name)?.Level is ScopeLevel.Installation;

    private static bool IsChange(Permission permission) => PermissionCatalog.Find(permission.Name) is { IsRead: false, Level: not ScopeLevel.Installation };

    private static HeldGrant OfHost(OrgId org) =>
        new("host", BuiltInRoles.Owner, BuiltInRoles.PermissionsOf(BuiltInRoles.Owner), AccessTarget.Of(org).Chain) { ReachesProtected = true };

    private async Task<Principal?> PrincipalAsync(HttpContext context, CancellationToken ct)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.Ordinal))
            return await OfBearerAsync(header[Bearer.Length..].Trim(), ct);
        if (context.Request.Cookies[SessionTokens.Cookie] is { Length: > 0 } cookie)
            return await database.ReadAsync(db => PrincipalReading.OfCookieAsync(db, cookie, clock.GetUtcNow(), ct), ct);
        throw new ProblemException(ApiProblems.SignInFirst("it carries no bearer token"));
    }

    private async Task<Principal?> OfBearerAsync(string token, CancellationToken ct)
    {
        if (!Jwts.Looks(token))
            return await database.ReadAsync(db => PrincipalReading.OfTokenAsync(db, token, clock.GetUtcNow(), ct), ct);
        return await jwts.CheckAsync(token, ct) is { } id ? await database.ReadAsync(db => PrincipalReading.OfJwtAsync(db, id, clock.GetUtcNow(), ct), ct) : null;
    }

    /// <returns>The caller as far as the path could be followed, and what of it names nothing that he could see.</returns>
    private async Task<(Caller Caller, (string Kind, string Name)? Missing)> CallerAsync(NpgsqlConnection db, HttpContext context, Principal principal, CancellationToken ct)
    {
        var address = ClientAddress.Of(context);
        var circumstances = new Circumstances(n => ClientAddress.IsIn(address, n), principal.HasSecondFactor);
        var home = await HomeAsync(db, principal, ct);
        var named = context.Request.RouteValues["org"] as string;
        var found = named is null ? null : await OrgTable.NamedAsync(db, named, ct);
        var org = found?.Id ?? home;
        var rights = await RightsAsync(db, org, principal, circumstances, clock.GetUtcNow(), ct);
        var isVisible = named is null || found is not null && (found.DeletedAt is null && !rights.Grants.IsEmpty || ReachesEvery(context, rights));
        var caller = new Caller(isVisible ? org : home, principal.Actor, context.TraceIdentifier)
        {
            Principal = principal, Rights = rights, Address = address.ToString(), Target = named is null ? AccessTarget.Installation : AccessTarget.Of(org),
            SuspendedFor = isVisible && found is { SuspendedAt: not null } ? found.SuspendedFor : null,
        };
        if (!isVisible)
            return (caller, ("org", named ?? ""));
        if (named is null)
            return (caller, null);
        var scope = await ScopeTable.FindAsync(db, org, new(Value("project"), Value("app"), Value("env")), ct);
        return (caller with { Target = scope.Target }, scope.Missing);

        string? Value(string name) => context.Request.RouteValues[name] as string;
    }

    private static Task<OrgId> HomeAsync(NpgsqlConnection db, Principal principal, CancellationToken ct) => principal switch
    {
        Principal.Host host => Task.FromResult(host.Org),
        Principal.Service service => Task.FromResult(service.Org),
        Principal.Person { Org: { } org } => Task.FromResult(org),
        Principal.Person person => UserTable.HomeAsync(db, person.User.Id, ct),
    };

    /// <param name="isAttempt">A mistyped name is none.</param>
    private async Task DenyAsync(HttpContext context, Caller caller, Permission permission, int answer, bool isAttempt)
    {
        if (isAttempt)
            await denials.RecordAsync(new(caller.Org, caller.Actor, caller.RequestId, caller.Address, permission.Name, $"{context.Request.Method} {Shown(context.Request.Path)}", answer), CancellationToken.None);
    }

    private static string Shown(string path) => path.Length <= 200 ? path : path[..200];
}
