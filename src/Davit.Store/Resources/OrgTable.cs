using System.Globalization;
using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Resources;

public static class OrgTable
{
    private const string Columns = "id, name, version, second_factor_from, suspended_at, suspended_for, deleted_at, created_at";

    public static async Task InsertAsync(Writing writing, OrgId id, string name, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "insert into orgs (id, name, created_at) values (@id, @name, @At)", new { id, name, writing.At }, cancellationToken: ct));
        writing.Record(new("org.created", [id.ToString()], new() { ["name"] = name }));
    }

    /// <exception cref="PostgresException">Unique violation when the name is taken.</exception>
    /// <param name="expected">The version it was made for; null for whichever.</param>
    /// <returns>Whether the row still had the expected version.</returns>
    public static async Task<bool> RenameAsync(Writing writing, OrgId id, long? expected, string name, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update orgs set name = @name, version = version + 1 where id = @id and (@expected::bigint is null or version = @expected)", new { id, expected, name }, cancellationToken: ct)) is 1;
        if (changed)
            writing.Record(new("org.renamed", [id.ToString()], new() { ["name"] = name }));
        return changed;
    }

    public static async Task<IReadOnlyList<OrgRow>> OfUserAsync(NpgsqlConnection db, UserId user, CancellationToken ct) =>
        (await db.QueryAsync<OrgRow>(new CommandDefinition(
            $"select {Columns} from orgs where id in (select org_id from members where user_id = @user and suspended_at is null) and deleted_at is null order by name", new { user }, cancellationToken: ct))).AsList();

    public static Task<OrgRow?> FindAsync(NpgsqlConnection db, OrgId visible, string nameOrId, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<OrgRow>(new CommandDefinition(
            $"select {Columns} from orgs where id = @visible and (name = @nameOrId or 'org_' || replace(id::text, '-', '') = @nameOrId)",
            new { visible, nameOrId }, cancellationToken: ct));

    /// <summary>Whoever asks must not learn of one that he does not belong to.</summary>
    public static Task<OrgRow?> NamedAsync(NpgsqlConnection db, string nameOrId, CancellationToken ct) => db.QuerySingleOrDefaultAsync<OrgRow>(new CommandDefinition(
        $"select {Columns} from orgs where name = @nameOrId or 'org_' || replace(id::text, '-', '') = @nameOrId", new { nameOrId }, cancellationToken: ct));

    /// <param name="from">Null lifts it.</param>
    public static async Task<bool> DemandSecondFactorAsync(Writing writing, OrgRow before, long expected, DateTimeOffset? from, CancellationToken ct)
    {
        var changed = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update orgs set second_factor_from = @from, version = version + 1 where id = @Id and version = @expected", new { before.Id, expected, from }, cancellationToken: ct)) is 1;
        if (changed)
            writing.Record(new("org.second-factor-set", [before.Id.ToString()], new() { ["before"] = before.SecondFactorFrom?.ToString("O", CultureInfo.InvariantCulture), ["after"] = from?.ToString("O", CultureInfo.InvariantCulture) }));
        return changed;
    }

    /// <param name="reason">Null lets it go on.</param>
    public static async Task SuspendAsync(Writing writing, OrgId id, string? reason, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update orgs set suspended_at = case when @reason::text is not null then coalesce(suspended_at, @At) end, suspended_for = coalesce(@reason, ''), version = version + 1 where id = @id", new { id, reason, writing.At }, cancellationToken: ct));
        writing.Record(new(reason is null ? "org.resumed" : "org.suspended", [id.ToString()], new() { ["reason"] = reason }));
    }

    /// <summary>Nobody reaches it any more but whoever brings it back. Its rows and its log stay.</summary>
    public static async Task<bool> DeleteAsync(Writing writing, OrgRow row, long expected, CancellationToken ct)
    {
        // Whoever makes something in it holds the row until he has ended: what he made is seen then.
        await writing.Db.ExecuteAsync(new CommandDefinition("select 1 from orgs where id = @Id for update", new { row.Id }, cancellationToken: ct));
        var deleted = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update orgs set deleted_at = @At, version = version + 1 where id = @Id and version = @expected and deleted_at is null", new { row.Id, expected, writing.At }, cancellationToken: ct)) is 1;
        if (deleted)
            writing.Record(new("org.deleted", [row.Id.ToString()], new() { ["name"] = row.Name }));
        return deleted;
    }

    /// <returns>False when it was deleted before that, or not at all.</returns>
    public static async Task<bool> RestoreAsync(Writing writing, OrgId id, DateTimeOffset deletedSince, CancellationToken ct)
    {
        var restored = await writing.Db.ExecuteAsync(new CommandDefinition(
            "update orgs set deleted_at = null, version = version + 1 where id = @id and deleted_at > @deletedSince", new { id, deletedSince }, cancellationToken: ct)) is 1;
        if (restored)
            writing.Record(new("org.restored", [id.ToString()], []));
        return restored;
    }

    /// <summary>Those that nobody can bring back any more.</summary>
    public static async Task<IReadOnlyList<OrgRow>> LapsedAsync(NpgsqlConnection db, DateTimeOffset deletedBefore, CancellationToken ct) => (await db.QueryAsync<OrgRow>(new CommandDefinition(
        $"select {Columns} from orgs where deleted_at <= @deletedBefore and not exists (select 1 from envs e where e.org_id = orgs.id) and name <> 'org_' || replace(id::text, '-', '')", new { deletedBefore }, cancellationToken: ct))).AsList();

    /// <summary>Ends what could reach it, destroys the key of its secrets and frees its name. Only its log and its receipts can be read from then on.</summary>
    public static async Task EraseAsync(Writing writing, OrgRow row, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            update tokens set revoked_at = @At where org_id = @Id and revoked_at is null;
            delete from secrets where org_id = @Id;
            delete from variables where org_id = @Id;
            delete from invitations where org_id = @Id;
            delete from members where org_id = @Id;
            delete from service_principals where org_id = @Id;
            delete from data_keys where org_id = @Id;
            update orgs set name = @name, version = version + 1 where id = @Id;
            """, new { row.Id, writing.At, name = row.Id.ToString() }, cancellationToken: ct));
        writing.Record(new("org.erased", [row.Id.ToString()], new() { ["name"] = row.Name }));
    }

    /// <summary>The oldest first: the one that the installation began with.</summary>
    public static async Task<IReadOnlyList<OrgId>> AllAsync(NpgsqlConnection db, CancellationToken ct) =>
        [.. (await db.QueryAsync<Guid>(new CommandDefinition("select id from orgs order by created_at, id", cancellationToken: ct))).Select(OrgId.From)];
}
