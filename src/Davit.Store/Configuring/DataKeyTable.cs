using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Configuring;

/// <summary>A data key as it is stored: wrapped by a master key, and useless without it.</summary>
/// <param name="Master">Which master key wraps it.</param>
public sealed record DataKeyRow(DataKeyId Id, OrgId? OrgId, string Master, byte[] Wrapped);

/// <summary>The wrapped keys of orgs, and the one that belongs to none.</summary>
public static class DataKeyTable
{
    /// <summary>The first writer's key stands, also when two make one at once.</summary>
    public static async Task<DataKeyRow> InsertOrGetAsync(NpgsqlConnection db, DataKeyRow row, DateTimeOffset at, CancellationToken ct)
    {
        await db.ExecuteAsync(new CommandDefinition(
            "insert into data_keys (id, org_id, master, wrapped, created_at, wrapped_at) values (@Id, @Org, @Master, @Wrapped, @at, @at) on conflict (org_id) do nothing",
            new { row.Id, Org = row.OrgId?.Value, row.Master, row.Wrapped, at }, cancellationToken: ct));
        return (await OfAsync(db, row.OrgId, ct))!;
    }

    /// <param name="org">Null for the key that belongs to no org.</param>
    public static async Task<DataKeyRow?> OfAsync(NpgsqlConnection db, OrgId? org, CancellationToken ct) => Row(await db.QuerySingleOrDefaultAsync<Stored>(new CommandDefinition(
        "select id, org_id, master, wrapped from data_keys where org_id is not distinct from @org::uuid", new { org = org?.Value }, cancellationToken: ct)));

    public static async Task<DataKeyRow?> GetAsync(NpgsqlConnection db, DataKeyId id, CancellationToken ct) => Row(await db.QuerySingleOrDefaultAsync<Stored>(new CommandDefinition(
        "select id, org_id, master, wrapped from data_keys where id = @id", new { id }, cancellationToken: ct)));

    /// <returns>How many keys each master key wraps.</returns>
    public static async Task<IReadOnlyDictionary<string, int>> MastersAsync(NpgsqlConnection db, CancellationToken ct) =>
        (await db.QueryAsync<(string Master, int Count)>(new CommandDefinition("select master, count(*)::int from data_keys group by master", cancellationToken: ct)))
            .ToDictionary(m => m.Master, m => m.Count, StringComparer.Ordinal);

    /// <returns>Null while there is no key.</returns>
    public static Task<DateTimeOffset?> LastWrappedAsync(NpgsqlConnection db, CancellationToken ct) =>
        db.ExecuteScalarAsync<DateTimeOffset?>(new CommandDefinition("select max(wrapped_at) from data_keys", cancellationToken: ct));

    /// <summary>Some of those that another master key wraps than the present one; what another process rewraps now is left to it.</summary>
    public static async Task<IReadOnlyList<DataKeyRow>> LockOthersAsync(NpgsqlConnection db, string present, int limit, CancellationToken ct) =>
        [.. (await db.QueryAsync<Stored>(new CommandDefinition(
            "select id, org_id, master, wrapped from data_keys where master <> @present order by id limit @limit for update skip locked",
            new { present, limit }, cancellationToken: ct))).Select(r => Row(r)!)];

    public static Task RewrapAsync(NpgsqlConnection db, DataKeyRow row, DateTimeOffset at, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "update data_keys set master = @Master, wrapped = @Wrapped, wrapped_at = @at where id = @Id", new { row.Id, row.Master, row.Wrapped, at }, cancellationToken: ct));

    private static DataKeyRow? Row(Stored? stored) => stored is null
        ? null
        : new(DataKeyId.From(stored.Id), stored.OrgId is { } org ? OrgId.From(org) : null, stored.Master, stored.Wrapped);

    private sealed record Stored
    {
        public required Guid Id { get; init; }

        public required Guid? OrgId { get; init; }

        public required string Master { get; init; }

        public required byte[] Wrapped { get; init; }
    }
}
