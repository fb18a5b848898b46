using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.People;

/// <summary>Teams of an org. Members of a team hold what the teams above it hold.</summary>
public static class TeamTable
{
    public const int Deepest = 3;

    private const string Select = "select t.id, t.parent_id, t.name, t.description, (select count(*)::int from team_members m where m.team_id = t.id) as members, t.version, t.created_at from teams t";

    public static async Task InsertAsync(Writing writing, TeamRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into teams (id, org_id, parent_id, name, description, created_at) values (@Id, @Org, @ParentId, @Name, @Description, @CreatedAt)",
            new { row.Id, writing.Cause.Org, row.ParentId, row.Name, row.Description, row.CreatedAt }, cancellationToken: ct));
        writing.Record(new("team.created", [row.Id.ToString()], new() { ["name"] = row.Name }));
    }

    public static Task<TeamRow?> FindAsync(NpgsqlConnection db, OrgId org, string nameOrId, CancellationToken ct) => db.QuerySingleOrDefaultAsync<TeamRow>(new CommandDefinition(
        $"{Select} where t.org_id = @org and (t.name = @nameOrId or 'tea_' || replace(t.id::text, '-', '') = @nameOrId)", new { org, nameOrId }, cancellationToken: ct));

    public static async Task<IReadOnlyList<TeamRow>> ListAsync(NpgsqlConnection db, OrgId org, string after, int limit, CancellationToken ct) =>
        (await db.QueryAsync<TeamRow>(new CommandDefinition($"{Select} where t.org_id = @org and t.name > @after order by t.name limit @limit", new { org, after, limit }, cancellationToken: ct))).AsList();

    /// <returns>How many teams stand above one, itself counted.</returns>
    public static Task<int> DepthAsync(NpgsqlConnection db, TeamId id, CancellationToken ct) => db.ExecuteScalarAsync<int>(new CommandDefinition(
        "with recursive up as (select id, parent_id from teams where id = @id union select t.id, t.parent_id from teams t join up on t.id = up.parent_id) select count(*)::int from up", new { id }, cancellationToken: ct));

    public static async Task<bool> UpdateAsync(Writing writing, TeamId id, long expected, string name, string description, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update teams set name = @name, description = @description, version = version + 1 where org_id = @Org and id = @id and version = @expected",
            new { writing.Cause.Org, id, expected, name, description }, cancellationToken: ct)) is 1;
        if (changed)
            writing.Record(new("team.updated", [id.ToString()], new() { ["name"] = name }));
        return changed;
    }

    /// <exception cref="PostgresException">Foreign key violation when teams stand below it.</exception>
    public static async Task<bool> DeleteAsync(Writing writing, TeamId id, long expected, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition("delete from teams where org_id = @Org and id = @id and version = @expected", new { writing.Cause.Org, id, expected }, cancellationToken: ct)) is 1;
        if (changed)
            writing.Record(new("team.deleted", [id.ToString()], []));
        return changed;
    }

    public static async Task<IReadOnlyList<(MemberRow Member, bool IsLead)>> MembersAsync(NpgsqlConnection db, OrgId org, TeamId id, CancellationToken ct)
    {
        var leads = (await db.QueryAsync<(Guid User, bool IsLead)>(new CommandDefinition("select user_id, is_lead from team_members where team_id = @id and org_id = @org", new { id, org }, cancellationToken: ct))).ToDictionary(r => r.User, r => r.IsLead);
        return [.. (await MemberTable.OfUsersAsync(db, org, [.. leads.Keys], ct)).Select(m => (m, leads[m.UserId.Value]))];
    }

    /// <exception cref="PostgresException">Foreign key violation when the person is not of the org.</exception>
    public static async Task PutMemberAsync(Writing writing, TeamId id, UserId user, bool isLead, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into team_members (team_id, org_id, user_id, is_lead, created_at) values (@id, @Org, @user, @isLead, @At)
            on conflict (team_id, user_id) do update set is_lead = excluded.is_lead
            """, new { id, writing.Cause.Org, user, isLead, writing.At }, cancellationToken: ct));
        writing.Record(new("team.member-added", [id.ToString(), user.ToString()], new() { ["lead"] = isLead }));
    }

    public static Task<bool> HasMemberAsync(NpgsqlConnection db, TeamId id, UserId user, CancellationToken ct) => db.ExecuteScalarAsync<bool>(new CommandDefinition(
        "select exists (select 1 from team_members where team_id = @id and user_id = @user)", new { id, user }, cancellationToken: ct));

    /// <returns>Those of some teams that have not been deleted.</returns>
    public static async Task<IReadOnlyList<TeamId>> StillThereAsync(NpgsqlConnection db, OrgId org, Guid[] ids, CancellationToken ct) =>
        [.. (await db.QueryAsync<Guid>(new CommandDefinition("select id from teams where org_id = @org and id = any(@ids)", new { org, ids }, cancellationToken: ct))).Select(TeamId.From)];

    public static async Task<bool> RemoveMemberAsync(Writing writing, TeamId id, UserId user, CancellationToken ct)
    {
        var removed = await writing.Db.ExecuteAsync(new CommandDefinition("delete from team_members where team_id = @id and org_id = @Org and user_id = @user", new { id, writing.Cause.Org, user }, cancellationToken: ct)) is 1;
        if (removed)
            writing.Record(new("team.member-removed", [id.ToString(), user.ToString()], []));
        return removed;
    }
}
