using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.People;

/// <summary>Who belongs to which org, in which role.</summary>
public static class MemberTable
{
    private const string Select =
        """
        select m.user_id, u.email, u.name, m.role, m.suspended_at, u.totp_confirmed or exists (select 1 from passkeys k where k.user_id = u.id) as has_second_factor,
          array(select t.name from team_members tm join teams t on t.id = tm.team_id where tm.org_id = m.org_id and tm.user_id = m.user_id order by t.name) as teams,
          m.version, m.created_at, u.last_seen_at
        from members m join users u on u.id = m.user_id
        """;

    /// <returns>False when they belong to it already.</returns>
    public static async Task<bool> InsertAsync(Writing writing, UserId user, string role, CancellationToken ct)
    {
        var added = await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into members (org_id, user_id, role, created_at) values (@Org, @user, @role, @At) on conflict do nothing", new { writing.Cause.Org, user, role, writing.At }, cancellationToken: ct)) is 1;
        if (added)
            writing.Record(new("member.joined", [user.ToString()], new() { ["role"] = role }));
        return added;
    }

    public static Task<MemberRow?> FindAsync(NpgsqlConnection db, OrgId org, string emailOrId, CancellationToken ct) => db.QuerySingleOrDefaultAsync<MemberRow>(new CommandDefinition(
        $"{Select} where m.org_id = @org and (u.email_key = @key or 'usr_' || replace(u.id::text, '-', '') = @emailOrId)", new { org, emailOrId, key = UserTable.Key(emailOrId) }, cancellationToken: ct));

    /// <param name="after">The address that the page before ended with.</param>
    public static async Task<IReadOnlyList<MemberRow>> ListAsync(NpgsqlConnection db, OrgId org, string after, int limit, CancellationToken ct) =>
        (await db.QueryAsync<MemberRow>(new CommandDefinition(
            $"{Select} where m.org_id = @org and u.email_key > @after order by u.email_key limit @limit", new { org, after, limit }, cancellationToken: ct))).AsList();

    public static async Task<IReadOnlyList<MemberRow>> OfUsersAsync(NpgsqlConnection db, OrgId org, Guid[] users, CancellationToken ct) =>
        (await db.QueryAsync<MemberRow>(new CommandDefinition($"{Select} where m.org_id = @org and m.user_id = any(@users) order by u.email_key", new { org, users }, cancellationToken: ct))).AsList();

    /// <param name="keys">Addresses as they are compared.</param>
    /// <returns>Those of them that belong to it.</returns>
    public static async Task<IReadOnlyList<string>> AmongAsync(NpgsqlConnection db, OrgId org, string[] keys, CancellationToken ct) => (await db.QueryAsync<string>(new CommandDefinition(
        "select u.email_key from members m join users u on u.id = m.user_id where m.org_id = @org and u.email_key = any(@keys)", new { org, keys }, cancellationToken: ct))).AsList();

    /// <summary>
    /// Until the end of the transaction nobody else changes who owns the org. Two owners that leave at the same moment would
    /// else each count on the other.
    /// </summary>
    /// <returns>How many owners it has that can sign in.</returns>
    public static async Task<int> LockOwnersAsync(Writing writing, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition("select 1 from orgs where id = @Org for no key update", new { writing.Cause.Org }, cancellationToken: ct));
        return await writing.Db.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*)::int from members where org_id = @Org and role = 'owner' and suspended_at is null", new { writing.Cause.Org }, cancellationToken: ct));
    }

    /// <summary>The orgs of a person, with the role there.</summary>
    public static async Task<IReadOnlyList<(OrgId Id, string Name, string Role)>> OrgsOfAsync(NpgsqlConnection db, UserId user, CancellationToken ct) =>
        [.. (await db.QueryAsync<(Guid Id, string Name, string Role)>(new CommandDefinition(
            "select o.id, o.name, m.role from members m join orgs o on o.id = m.org_id where m.user_id = @user and m.suspended_at is null and o.deleted_at is null order by o.name", new { user }, cancellationToken: ct))).Select(r => (OrgId.From(r.Id), r.Name, r.Role))];

    /// <returns>Whether the row still had the expected version.</returns>
    public static async Task<bool> UpdateAsync(Writing writing, MemberRow before, long expected, string role, bool isSuspended, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            update members set role = @role, suspended_at = case when @isSuspended then coalesce(suspended_at, @At) end, version = version + 1
            where org_id = @Org and user_id = @UserId and version = @expected
            """,
            new { writing.Cause.Org, before.UserId, expected, role, isSuspended, writing.At }, cancellationToken: ct)) is 1;
        if (changed)
        {
            writing.Record(new("member.updated", [before.UserId.ToString()], new()
            {
                ["before"] = new System.Text.Json.Nodes.JsonObject { ["role"] = before.Role, ["suspended"] = before.SuspendedAt is not null },
                ["after"] = new System.Text.Json.Nodes.JsonObject { ["role"] = role, ["suspended"] = isSuspended },
            }));
        }

        return changed;
    }

    /// <summary>Their teams, grants and tokens in the org go with the membership.</summary>
    public static async Task<bool> DeleteAsync(Writing writing, UserId user, long expected, CancellationToken ct)
    {
        var removed = await writing.Db.ExecuteAsync(new CommandDefinition(
            "delete from members where org_id = @Org and user_id = @user and version = @expected", new { writing.Cause.Org, user, expected }, cancellationToken: ct)) is 1;
        if (!removed)
            return false;
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update tokens set revoked_at = @At where org_id = @Org and user_id = @user and revoked_at is null", new { writing.Cause.Org, user, writing.At }, cancellationToken: ct));
        writing.Record(new("member.removed", [user.ToString()], []));
        return true;
    }
}
