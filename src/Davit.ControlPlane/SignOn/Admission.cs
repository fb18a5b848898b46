using Davit.ControlPlane.Apps;
using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.People;

namespace Davit.ControlPlane.SignOn;

/// <summary>
/// Decides whose account an identity opens, and what the person is in the org. An identity is known by provider and subject; a
/// mail address links nobody but people of this org alone, and only where the org wants it: an org's provider could else
/// open the accounts of other tenants.
/// </summary>
internal sealed class Admission(TimeProvider clock)
{
    /// <param name="link">Who wants the identity linked to his account; null for a sign-on.</param>
    /// <exception cref="ProblemException">DV7031 or DV7032.</exception>
    public async Task<UserRow> AdmitAsync(Writing writing, ProviderRow provider, ProviderClaims claims, UserId? link, CancellationToken ct)
    {
        var user = await WhoAsync(writing, provider, claims, link, ct);
        if (await IdentityTable.LinkAsync(writing, Id.New<IdentityId>(clock), provider.Id, claims.Subject, user.Id, ct) != user.Id)
            throw new ProblemException(SignOnProblems.NotLinked(provider.Name));
        if (link is null)
            await PlaceAsync(writing, provider, claims, user, ct);
        return user;
    }

    private async Task<UserRow> WhoAsync(Writing writing, ProviderRow provider, ProviderClaims claims, UserId? link, CancellationToken ct)
    {
        var known = link ?? await IdentityTable.UserOfAsync(writing.Db, provider.Id, claims.Subject, ct);
        if (known is { } id)
            return (await UserTable.GetAsync(writing.Db, id, ct))!;
        if (claims is not { Email: { } email, IsEmailVerified: true })
            throw new ProblemException(SignOnProblems.NotPermitted("the provider does not vouch for a mail address of yours"));
        if (!provider.Policy.Domains.Contains(claims.Domain, StringComparer.Ordinal))
            throw new ProblemException(SignOnProblems.NotPermitted("your mail address is of another domain"));
        if (await UserTable.FindAsync(writing.Db, email, ct) is { } existing)
        {
            return provider.Policy.LinksVerified && await IdentityTable.IsOfOrgAloneAsync(writing.Db, provider.OrgId, existing.Id, ct)
                ? existing
                : throw new ProblemException(SignOnProblems.NotLinked(provider.Name));
        }

        return provider.Policy.Creates ? await MakeAsync(writing, email, claims.Name, ct) : throw new ProblemException(SignOnProblems.NotPermitted("no accounts are made for people who have none"));
    }

    private async Task<UserRow> MakeAsync(Writing writing, string email, string name, CancellationToken ct)
    {
        var user = new UserRow { Id = Id.New<UserId>(clock), Email = email, Name = name, IsOperator = false, Version = 1, CreatedAt = writing.At };
        await Names.ReserveMailAsync(email, () => UserTable.InsertAsync(writing, user, ct));
        return user;
    }

    /// <summary>What groups give is given and taken with every sign-on. Owners, and teams and roles that no group is mapped to, are left alone.</summary>
    private static async Task PlaceAsync(Writing writing, ProviderRow provider, ProviderClaims claims, UserRow user, CancellationToken ct)
    {
        var policy = provider.Policy;
        var mine = policy.Mappings.Where(m => claims.Groups.Contains(m.Group, StringComparer.Ordinal)).ToList();
        var mapped = mine.Select(m => m.Role).OfType<string>().OrderBy(r => BuiltInRoles.Names.IndexOf(r)).FirstOrDefault();
        var member = await MemberTable.FindAsync(writing.Db, provider.OrgId, user.Id.ToString(), ct);
        if (member is null)
            await EnterAsync(writing, policy, user, mapped ?? policy.DefaultRole, ct);
        else if (policy.Mappings.Any(m => m.Role is not null) && member.Role is not BuiltInRoles.Owner && (mapped ?? policy.DefaultRole ?? "") is var role && role != member.Role)
            await MemberTable.UpdateAsync(writing, member, member.Version, role, member.SuspendedAt is not null, ct);
        await JoinTeamsAsync(writing, provider, user.Id, [.. mine.Select(m => m.Team).OfType<Guid>()], ct);
    }

    private static async Task EnterAsync(Writing writing, ProviderPolicy policy, UserRow user, string? role, CancellationToken ct)
    {
        if (!policy.Creates)
            throw new ProblemException(SignOnProblems.NotPermitted("you do not belong to it"));
        await MemberTable.InsertAsync(writing, user.Id, role ?? throw new ProblemException(SignOnProblems.NotPermitted("none of your groups gives you a role")), ct);
    }

    private static async Task JoinTeamsAsync(Writing writing, ProviderRow provider, UserId user, Guid[] wanted, CancellationToken ct)
    {
        var managed = provider.Policy.Mappings.Select(m => m.Team).OfType<Guid>().Distinct().ToArray();
        foreach (var team in await TeamTable.StillThereAsync(writing.Db, provider.OrgId, managed, ct))
        {
            var isIn = await TeamTable.HasMemberAsync(writing.Db, team, user, ct);
            if (!wanted.Contains(team.Value))
                await TeamTable.RemoveMemberAsync(writing, team, user, ct);
            else if (!isIn)
                await TeamTable.PutMemberAsync(writing, team, user, isLead: false, ct);
        }
    }
}
