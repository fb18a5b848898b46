using Dapper;
using Davit.Model;
using Npgsql;

namespace Davit.Store.Configuring;

/// <summary>The last rotation of a secret that had a window.</summary>
/// <param name="Version">The new one; what is older ends with the window.</param>
/// <param name="EndedAt">Null while older ones are good.</param>
public sealed record SecretRotationRow(SecretId SecretId, OrgId OrgId, string Name, int Version, DateTimeOffset EndsAt, DateTimeOffset? EndedAt);

public static class SecretRotationTable
{
    private const string Select = "select r.secret_id, r.org_id, s.name, r.version, r.ends_at, r.ended_at from secret_rotations r join secrets s on s.id = r.secret_id";

    /// <summary>Takes the place of the one before, whose older versions had ended or now have more time.</summary>
    public static async Task BeginAsync(Writing writing, SecretRow row, DateTimeOffset ends, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into secret_rotations (secret_id, org_id, version, ends_at) values (@Id, @OrgId, @Version, @ends)
            on conflict (secret_id) do update set version = excluded.version, ends_at = excluded.ends_at, ended_at = null
            """, new { row.Id, row.OrgId, row.Version, ends }, cancellationToken: ct));
        writing.Record(new("secret.rotation-begun", [row.Id.ToString(), row.Place.Id], new() { ["name"] = row.Name, ["version"] = row.Version }));
    }

    public static async Task<SecretRotationRow?> OfAsync(NpgsqlConnection db, SecretRow row, CancellationToken ct) => Row(await db.QuerySingleOrDefaultAsync<Stored>(new CommandDefinition(
        $"{Select} where r.secret_id = @Id and r.org_id = @OrgId", new { row.Id, row.OrgId }, cancellationToken: ct)));

    /// <summary>Those whose window is over and that have not ended.</summary>
    public static async Task<IReadOnlyList<SecretRotationRow>> DueAsync(NpgsqlConnection db, DateTimeOffset now, CancellationToken ct) => [.. (await db.QueryAsync<Stored>(new CommandDefinition(
        $"{Select} where r.ended_at is null and r.ends_at <= @now order by r.org_id", new { now }, cancellationToken: ct))).Select(r => Row(r)!)];

    public static async Task EndAsync(Writing writing, SecretRotationRow row, CancellationToken ct)
    {
        if (await writing.Db.ExecuteAsync(new CommandDefinition(
            "update secret_rotations set ended_at = @At where secret_id = @SecretId and version = @Version and ended_at is null", new { row.SecretId, row.Version, writing.At }, cancellationToken: ct)) is 1)
            writing.Record(new("secret.rotation-ended", [row.SecretId.ToString()], new() { ["name"] = row.Name, ["version"] = row.Version }));
    }

    private static SecretRotationRow? Row(Stored? stored) => stored is null
        ? null
        : new(SecretId.From(stored.SecretId), OrgId.From(stored.OrgId), stored.Name, stored.Version, stored.EndsAt, stored.EndedAt);

    private sealed record Stored
    {
        public required Guid SecretId { get; init; }

        public required Guid OrgId { get; init; }

        public required string Name { get; init; }

        public required int Version { get; init; }

        public required DateTimeOffset EndsAt { get; init; }

        public required DateTimeOffset? EndedAt { get; init; }
    }
}
