using Dapper;
using Davit.Model;
using Davit.Store.Access;
using Npgsql;

namespace Davit.Store.People;

/// <summary>An identity of somebody with a provider.</summary>
public sealed record IdentityRow
{
    public required IdentityId Id { get; init; }

    public required ProviderId ProviderId { get; init; }

    public required string Org { get; init; }

    public required string Provider { get; init; }

    public required UserId UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? UsedAt { get; init; }
}

/// <summary>A sign-on that has begun.</summary>
public sealed record AttemptRow
{
    public required ProviderId ProviderId { get; init; }

    /// <summary>The hash of what the browser has.</summary>
    public required byte[] Browser { get; init; }

    public required string ReturnTo { get; init; }

    /// <summary>Who wants the identity linked; null for a sign-on.</summary>
    public UserId? LinkUser { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Whom providers mean by their subjects, and who is under way to becoming known.</summary>
public static class IdentityTable
{
    private const string Select =
        "select i.id, i.provider_id, o.name as org, p.name as provider, i.user_id, i.created_at, i.used_at from identities i join identity_providers p on p.id = i.provider_id join orgs o on o.id = p.org_id";

    public static async Task<UserId?> UserOfAsync(NpgsqlConnection db, ProviderId provider, string subject, CancellationToken ct) => await db.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
        "select user_id from identities where provider_id = @provider and subject = @subject", new { provider, subject }, cancellationToken: ct)) is { } id ? UserId.From(id) : null;

    public static async Task<IReadOnlyList<IdentityRow>> ListAsync(NpgsqlConnection db, UserId user, CancellationToken ct) =>
        (await db.QueryAsync<IdentityRow>(new CommandDefinition($"{Select} where i.user_id = @user order by i.created_at", new { user }, cancellationToken: ct))).AsList();

    /// <summary>Links one, or notes that it was used. Of two who link it at once the first one has it.</summary>
    /// <returns>Whose it is.</returns>
    public static async Task<UserId> LinkAsync(Writing writing, IdentityId id, ProviderId provider, string subject, UserId user, CancellationToken ct)
    {
        var added = await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into identities (id, provider_id, subject, user_id, created_at, used_at) values (@id, @provider, @subject, @user, @At, @At) on conflict (provider_id, subject) do nothing",
            new { id, provider, subject, user, writing.At }, cancellationToken: ct)) is 1;
        if (added)
        {
            writing.Record(new("identity.linked", [id.ToString(), user.ToString(), provider.ToString()], []));
            return user;
        }

        return UserId.From(await writing.Db.ExecuteScalarAsync<Guid>(new CommandDefinition(
            "update identities set used_at = @At where provider_id = @provider and subject = @subject returning user_id", new { provider, subject, writing.At }, cancellationToken: ct)));
    }

    public static async Task<bool> UnlinkAsync(Writing writing, IdentityId id, UserId user, CancellationToken ct)
    {
        var removed = await writing.Db.ExecuteAsync(new CommandDefinition("delete from identities where id = @id and user_id = @user", new { id, user }, cancellationToken: ct)) is 1;
        if (removed)
            writing.Record(new("identity.unlinked", [id.ToString(), user.ToString()], []));
        return removed;
    }

    /// <summary>Belongs to this org and to no other, and does not run the installation: nobody else is touched by what the org's provider says of him.</summary>
    public static Task<bool> IsOfOrgAloneAsync(NpgsqlConnection db, OrgId org, UserId user, CancellationToken ct) => db.ExecuteScalarAsync<bool>(new CommandDefinition(
        "select (select array_agg(org_id) from members where user_id = @user) = array[@org] and not (select is_operator from users where id = @user)", new { org, user }, cancellationToken: ct));

    public static Task BeginAsync(NpgsqlConnection db, string state, AttemptRow row, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "insert into sign_on_attempts (hash, provider_id, browser, return_to, link_user, expires_at) values (@hash, @ProviderId, @Browser, @ReturnTo, @LinkUser, @ExpiresAt)",
        new { hash = TokenTable.Hash(state), row.ProviderId, row.Browser, row.ReturnTo, row.LinkUser, row.ExpiresAt }, cancellationToken: ct));

    /// <returns>The attempt, once; null when there is none or it is too old.</returns>
    public static Task<AttemptRow?> TakeAsync(NpgsqlConnection db, string state, DateTimeOffset now, CancellationToken ct) => db.QuerySingleOrDefaultAsync<AttemptRow>(new CommandDefinition(
        "with taken as (delete from sign_on_attempts where hash = @hash returning provider_id, browser, return_to, link_user, expires_at) select * from taken where expires_at > @now",
        new { hash = TokenTable.Hash(state), now }, cancellationToken: ct));
}
