using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Davit.Model;
using Davit.Store.Leases;
using Npgsql;

namespace Davit.Store.Ledger;

/// <summary>One instance we made or are about to make.</summary>
public sealed record InstanceRow
{
    public required InstanceId Id { get; init; }

    public required OrgId OrgId { get; init; }

    public required EnvId EnvId { get; init; }

    public required DeploymentId DeploymentId { get; init; }

    public required ReleaseId ReleaseId { get; init; }

    public required string Service { get; init; }

    public required string Name { get; init; }

    /// <summary>From 1 per environment, release and service; never used twice.</summary>
    public required int Ordinal { get; init; }

    public required string SpecHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>What the driver saw of it first; null before that.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>How often it was started again in a row after it had ended.</summary>
    public int Revivals { get; init; }

    public DateTimeOffset? RevivedAt { get; init; }
}

/// <summary>Every instance that may exist. The row is written before the instance is created and kept after it is gone.</summary>
public static class InstanceLedger
{
    private const string Columns = "id, org_id, env_id, deployment_id, release_id, service, name, ordinal, spec_hash, created_at, removed_at, fingerprint, revivals, revived_at";

    public static async Task InsertAsync(Writing writing, InstanceRow row, CancellationToken ct)
    {
        var inserted = await writing.Db.ExecuteAsync(new CommandDefinition(
            """
            insert into instances (id, org_id, env_id, deployment_id, release_id, service, name, ordinal, spec_hash, created_at)
            values (@Id, @OrgId, @EnvId, @DeploymentId, @ReleaseId, @Service, @Name, @Ordinal, @SpecHash, @CreatedAt)
            on conflict (name) do nothing
            """, row, cancellationToken: ct));
        if (inserted is 1)
            writing.Record(new("instance.assigned", [row.Id.ToString(), row.EnvId.ToString(), row.DeploymentId.ToString()],
                new JsonObject { ["service"] = row.Service, ["name"] = row.Name }));
    }

    public static async Task<IReadOnlyList<InstanceRow>> PresentAsync(NpgsqlConnection db, EnvId env, CancellationToken ct) =>
        (await db.QueryAsync<InstanceRow>(new CommandDefinition(
            $"select {Columns} from instances where env_id = @env and removed_at is null order by created_at, ordinal", new { env }, cancellationToken: ct))).AsList();

    /// <summary>
    /// Takes instances whose output nobody follows, the oldest first. Replicas that look at the same time skip what another one
    /// is looking at.
    /// </summary>
    public static async Task<IReadOnlyList<(InstanceRow Row, Lease Lease)>> TakeOutputsAsync(NpgsqlConnection db, string holder, int session, int most, CancellationToken ct)
    {
        await using var transaction = await db.BeginTransactionAsync(ct);
        var waiting = (await db.QueryAsync<InstanceRow>(new CommandDefinition(
            $"""
            select {Columns} from instances i where removed_at is null
              and not exists (select 1 from leases where leases.name = 'output/ins_' || replace(i.id::text, '-', '') and not {LeaseTable.IsFree})
            order by created_at limit @most for update of i skip locked
            """, new { most, LeaseTable.LockClass }, cancellationToken: ct))).AsList();
        var taken = new List<(InstanceRow, Lease)>();
        foreach (var row in waiting)
        {
            if (await LeaseTable.TakeAsync(db, $"output/{row.Id}", holder, session, ct) is { } lease)
                taken.Add((row, lease));
        }

        await transaction.CommitAsync(ct);
        return taken;
    }

    /// <summary>Also those that are gone, because their logs are not.</summary>
    public static async Task<IReadOnlyList<InstanceRow>> AllAsync(NpgsqlConnection db, EnvId env, CancellationToken ct) =>
        (await db.QueryAsync<InstanceRow>(new CommandDefinition(
            $"select {Columns} from instances where env_id = @env order by created_at, ordinal", new { env }, cancellationToken: ct))).AsList();

    public static Task<InstanceRow?> FindAsync(NpgsqlConnection db, EnvId env, string nameOrId, CancellationToken ct) =>
        db.QueryFirstOrDefaultAsync<InstanceRow>(new CommandDefinition(
            $"""
            select {Columns} from instances where env_id = @env and (name = @nameOrId or 'ins_' || replace(id::text, '-', '') = @nameOrId
              or (length(@nameOrId) >= 6 and replace(id::text, '-', '') like '%' || @nameOrId and @nameOrId ~ '^[0-9a-f]+$'))
            order by created_at desc limit 1
            """, new { env, nameOrId }, cancellationToken: ct));

    /// <summary>Per service, the highest ordinal ever given in a release of the environment.</summary>
    public static async Task<ImmutableDictionary<string, int>> LastOrdinalsAsync(NpgsqlConnection db, EnvId env, ReleaseId release, CancellationToken ct) =>
        (await db.QueryAsync<(string Service, int Ordinal)>(new CommandDefinition(
            "select service, max(ordinal) from instances where env_id = @env and release_id = @release group by service", new { env, release }, cancellationToken: ct)))
            .ToImmutableDictionary(r => r.Service, r => r.Ordinal, StringComparer.Ordinal);

    /// <summary>Remembers how instances looked when they were first seen.</summary>
    public static Task SetFingerprintsAsync(Writing writing, IReadOnlyDictionary<InstanceId, string> seen, CancellationToken ct) => writing.Db.ExecuteAsync(new CommandDefinition(
        "update instances i set fingerprint = s.print from unnest(@ids, @prints) as s(id, print) where i.id = s.id and i.fingerprint is null",
        new { ids = seen.Keys.Select(k => k.Value).ToArray(), prints = seen.Values.ToArray() }, cancellationToken: ct));

    /// <summary>It is started again.</summary>
    /// <param name="revivals">How often in a row, this time included.</param>
    public static async Task MarkRevivedAsync(Writing writing, InstanceRow row, int revivals, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update instances set revivals = @revivals, revived_at = @At where id = @Id", new { row.Id, writing.At, revivals }, cancellationToken: ct));
        writing.Record(new("instance.revived", [row.Id.ToString(), row.EnvId.ToString()],
            new JsonObject { ["service"] = row.Service, ["name"] = row.Name, ["times"] = revivals, ["before"] = "ended", ["after"] = "started" }));
    }

    public static async Task MarkRemovedAsync(Writing writing, InstanceRow row, string why, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update instances set removed_at = @At, ended = @ended::jsonb where id = @Id and removed_at is null",
            new { row.Id, writing.At, ended = JsonSerializer.Serialize(new { why }, DavitJson.Options) }, cancellationToken: ct));
        writing.Record(new("instance.removed", [row.Id.ToString(), row.EnvId.ToString()], new JsonObject { ["service"] = row.Service, ["name"] = row.Name, ["why"] = why }));
    }
}
