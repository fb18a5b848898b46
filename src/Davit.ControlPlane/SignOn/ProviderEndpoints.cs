using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.People;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.SignOn;

internal sealed record ProviderPath(string Org, string Provider);

/// <summary>Which identity providers an org's people sign on with.</summary>
internal static class ProviderEndpoints
{
    public static void MapProviders(this IEndpointRouteBuilder app)
    {
        var providers = app.MapGroup("/v1/orgs/{org}/sso").WithTags("People");
        providers.MapGet("", ListAsync).Needs("sso:read").WithName("ListProviders");
        providers.MapGet("/{provider}", GetAsync).Needs("sso:read").WithName("GetProvider");
        providers.MapPut("/{provider}", SetAsync).Needs("sso:manage").WithName("SetProvider");
        providers.MapDelete("/{provider}", DeleteAsync).Needs("sso:manage").WithName("DeleteProvider");
    }

    private static async Task<Ok<Page<ProviderView>>> ListAsync([AsParameters] OrgPath path, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, path, ct);
        var (rows, teams) = await database.ReadAsync(async db => (await ProviderTable.ListAsync(db, org.Id, ct), await TeamTable.ListAsync(db, org.Id, "", int.MaxValue, ct)), ct);
        return TypedResults.Ok(new Page<ProviderView>([.. rows.Select(r => ProviderViews.Of(r, teams))], null));
    }

    private static async Task<Ok<ProviderView>> GetAsync([AsParameters] ProviderPath path, Caller caller, Database database, CancellationToken ct)
    {
        var row = await FindAsync(database, caller, path.Provider, ct);
        return TypedResults.Ok(ProviderViews.Of(row, await database.ReadAsync(db => TeamTable.ListAsync(db, caller.Org, "", int.MaxValue, ct), ct)));
    }

    /// <summary>Makes it, or puts it in the place of the one that has the name.</summary>
    private static async Task<Ok<Receipted<ProviderView>>> SetAsync([AsParameters] ProviderPath path, ProviderRequest body, Caller caller, Writers write, ProviderDrafts drafts, CancellationToken ct)
    {
        var name = Names.Check(path.Provider);
        var former = await write.Database.ReadAsync(db => ProviderTable.FindAsync(db, caller.Org, name, ct), ct);
        if (former is not null && body.ExpectedVersion is null)
            throw new ProblemException(ApiProblems.NeedsVersion(former.Version));
        var row = await drafts.OfAsync(name, body, former, caller, ct);
        var teams = await write.Database.ReadAsync(db => TeamTable.ListAsync(db, caller.Org, "", int.MaxValue, ct), ct);
        return await Names.ReserveAsync("provider", name, () => write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (former is null)
                await ProviderTable.InsertAsync(w, row, ct);
            else if (!await ProviderTable.UpdateAsync(w, row, body.ExpectedVersion!.Value, ct))
                throw new ProblemException(ApiProblems.Moved(name, body.ExpectedVersion!.Value, former.Version));
            if (former is not null && former.Issuer != row.Issuer)
                await ProviderTable.ForgetIdentitiesAsync(w, row.Id, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("provider-set", "accepted", [row.Id.ToString()], [("look at it", $"davit sso get {name}")]), ct);
            return TypedResults.Ok(new Receipted<ProviderView>(ProviderViews.Of(row, teams), receipt));
        }, ct));
    }

    private static async Task<Ok<Receipted<ProviderView>>> DeleteAsync([AsParameters] ProviderPath path, [AsParameters] Destruction asked, Caller caller, Writers write, CancellationToken ct)
    {
        var row = await FindAsync(write.Database, caller, path.Provider, ct);
        var expected = asked.Check(row.Name, row.Version);
        return await write.WriteAsync(caller, row.Id.ToString(), async w =>
        {
            if (!await ProviderTable.DeleteAsync(w, row.Id, expected, ct))
                throw new ProblemException(ApiProblems.Moved(row.Name, expected, row.Version));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("provider-delete", "accepted", [row.Id.ToString()], []), ct);
            return TypedResults.Ok(new Receipted<ProviderView>(ProviderViews.Of(row, []), receipt));
        }, ct);
    }

    private static async Task<ProviderRow> FindAsync(Database database, Caller caller, string nameOrId, CancellationToken ct) =>
        await database.ReadAsync(db => ProviderTable.FindAsync(db, caller.Org, nameOrId, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("provider", nameOrId));
}

internal static class ProviderViews
{
    public static ProviderView Of(ProviderRow row, IReadOnlyList<TeamRow> teams) => new(row.Id.ToString(), row.Name, row.Issuer, row.ClientId, row.Secret is not null, row.Version, row.CreatedAt)
    {
        Scopes = row.Policy.Scopes, Domains = row.Policy.Domains, Creates = row.Policy.Creates, LinksVerified = row.Policy.LinksVerified, DefaultRole = row.Policy.DefaultRole, GroupsClaim = row.Policy.GroupsClaim, TrustsFactors = row.Policy.TrustsFactors,
        Mappings = [.. row.Policy.Mappings.Select(m => new GroupMapping(m.Group, m.Role, m.Team is { } id ? teams.FirstOrDefault(t => t.Id.Value == id)?.Name ?? TeamId.From(id).ToString() : null))],
    };
}

/// <summary>Judges what somebody wants to set about a provider. Whoever maps a group gives roles and teams to whoever the provider says is in it.</summary>
internal sealed class ProviderDrafts(Database database, Outbound outbound, ProviderSecrets secrets, TimeProvider clock)
{
    private const int Longest = 500;
    private const int Most = 200;

    /// <exception cref="ProblemException">DV7030, DV7035, DV7009 or DV4001.</exception>
    public async Task<ProviderRow> OfAsync(string name, ProviderRequest body, ProviderRow? former, Caller caller, CancellationToken ct)
    {
        Check(body);
        if (outbound.Require(body.Issuer).Query is not "")
            throw new ProblemException(SignOnProblems.RefusedAddress(body.Issuer));
        foreach (var role in body.Mappings.Select(m => m.Role).Append(body.DefaultRole).OfType<string>().Distinct(StringComparer.Ordinal))
            Delegation.Require(caller, BuiltInRoles.PermissionsOf(role), AccessTarget.Of(caller.Org));
        var mappings = await database.ReadAsync(db => MappingsAsync(db, caller, body.Mappings, ct), ct);
        var id = former?.Id ?? Id.New<ProviderId>(clock);
        // A secret that was given for one issuer is not sent to another.
        var kept = former is not null && former.Issuer == body.Issuer && former.ClientId == body.ClientId ? former.Secret : null;
        return new ProviderRow
        {
            Id = id, OrgId = caller.Org, Name = name, Issuer = body.Issuer, ClientId = body.ClientId, Secret = body.ClientSecret is { } secret ? await secrets.SealAsync(caller.Org, id, secret, ct) : kept, Version = (former?.Version ?? 0) + 1, CreatedAt = former?.CreatedAt ?? clock.GetUtcNow(),
            Policy = new ProviderPolicy
            {
                Scopes = body.Scopes, Domains = [.. body.Domains.Select(d => d.ToLowerInvariant())], Creates = body.Creates, LinksVerified = body.LinksVerified, DefaultRole = body.DefaultRole, GroupsClaim = body.GroupsClaim, TrustsFactors = body.TrustsFactors, Mappings = mappings,
            },
        };
    }

    private static void Check(ProviderRequest body)
    {
        var why = body switch
        {
            { ClientId.Length: 0 or > Longest } => "the client's id has 1 to 500 characters",
            { ClientSecret.Length: 0 or > Longest } => "the client's secret has 1 to 500 characters",
            { Scopes.Count: > 20 } or { Domains.Count: > Most } or { Mappings.Count: > Most } => $"it names more than 20 scopes, or more than {Most} domains or groups",
            _ when body.Scopes.Any(s => s is not { Length: > 0 and <= 100 } || s.Any(c => c is <= ' ' or '"' or '\\' or > '~')) => "one of the scopes is none",
            _ when body.Domains.Any(d => d is not { Length: <= 253 } || Uri.CheckHostName(d) is not UriHostNameType.Dns || !d.Contains('.', StringComparison.Ordinal)) => "one of the domains is none",
            { Creates: true, Domains.Count: 0 } or { LinksVerified: true, Domains.Count: 0 } => "accounts are made and linked for named domains alone",
            { GroupsClaim.Length: 0 or > 200 } => "the claim of groups has 1 to 200 characters",
            { DefaultRole: { } role } when !Given(role) => "the default role is a built-in one other than owner",
            _ when body.Mappings.Any(m => m is not { Group.Length: > 0 and <= 256 } || (m.Role is null) == (m.Team is null)) => "each group is mapped to one role or one team",
            _ when body.Mappings.Any(m => m.Role is { } mapped && !Given(mapped)) => "groups are mapped to built-in roles other than owner",
            _ => null,
        };
        if (why is not null)
            throw new ProblemException(SignOnProblems.BadProvider(why));
    }

    /// <summary>Who owns an org is not for somebody else's directory to say.</summary>
    private static bool Given(string role) => BuiltInRoles.IsOne(role) && role is not BuiltInRoles.Owner;

    private static async Task<IReadOnlyList<ProviderMapping>> MappingsAsync(Npgsql.NpgsqlConnection db, Caller caller, IReadOnlyList<GroupMapping> asked, CancellationToken ct)
    {
        var mappings = new List<ProviderMapping>(asked.Count);
        foreach (var mapping in asked)
        {
            var team = mapping.Team is { } named ? await TeamTable.FindAsync(db, caller.Org, named, ct) ?? throw new ProblemException(ApiProblems.Missing("team", named)) : null;
            if (team is not null)
                await Gifts.RequireOfTeamAsync(db, caller, team.Id, ct);
            mappings.Add(new ProviderMapping(mapping.Group, mapping.Role, team?.Id.Value));
        }

        return mappings;
    }
}
