using Dapper;
using Davit.Model;
using Davit.Store.Resources;
using Npgsql;

namespace Davit.Store.Volumes;

/// <summary>A volume with backups.</summary>
public sealed record BackedVolumeRow
{
    /// <summary>The runtime's name.</summary>
    public required string Volume { get; init; }

    /// <summary>The manifest's name.</summary>
    public required string Name { get; init; }

    public required OrgId OrgId { get; init; }

    public required EnvId EnvId { get; init; }

    /// <summary>Null backs up on demand only.</summary>
    public long? EverySeconds { get; init; }

    /// <summary>Null proves on demand only.</summary>
    public long? ProveSeconds { get; init; }

    public required int Keep { get; init; }

    public DateTimeOffset? GoneAt { get; init; }
}

/// <summary>How often, and how many are kept.</summary>
public sealed record BackupPolicy(TimeSpan? Every, TimeSpan? Prove, int Keep);

public static class BackedVolumes
{
    private const string Columns = "volume, name, org_id, env_id, every_seconds, prove_seconds, keep, gone_at";

    public static Task EnsureAsync(Writing writing, EnvId env, string volume, string name, CancellationToken ct) => writing.Db.ExecuteAsync(new CommandDefinition(
        """
        insert into backed_volumes (volume, name, org_id, env_id) values (@volume, @name, @Org, @env)
        on conflict (volume) do update set gone_at = null
        """, new { volume, name, writing.Cause.Org, env }, cancellationToken: ct));

    public static async Task SetPolicyAsync(Writing writing, EnvId env, string volume, BackupPolicy policy, CancellationToken ct)
    {
        await writing.Db.ExecuteAsync(new CommandDefinition(
            "update backed_volumes set every_seconds = @every, prove_seconds = @prove, keep = @Keep where volume = @volume",
            new { volume, every = (long?)policy.Every?.TotalSeconds, prove = (long?)policy.Prove?.TotalSeconds, policy.Keep }, cancellationToken: ct));
        writing.Record(new("volume.backup-policy-set", [env.ToString()],
            new() { ["volume"] = volume, ["every"] = policy.Every?.ToString(), ["prove"] = policy.Prove?.ToString(), ["keep"] = policy.Keep }));
    }

    public static async Task<IReadOnlyList<BackedVolumeRow>> AllAsync(NpgsqlConnection db, CancellationToken ct) =>
        (await db.QueryAsync<BackedVolumeRow>(new CommandDefinition($"select {Columns} from backed_volumes order by volume", cancellationToken: ct))).AsList();

    public static async Task<IReadOnlyList<BackedVolumeRow>> OfEnvAsync(NpgsqlConnection db, EnvId env, CancellationToken ct) =>
        (await db.QueryAsync<BackedVolumeRow>(new CommandDefinition($"select {Columns} from backed_volumes where env_id = @env order by name", new { env }, cancellationToken: ct))).AsList();

    /// <summary>Notes since when volumes are gone, as the ledger says; one that is there again is kept as before.</summary>
    public static Task<int> FollowLedgerAsync(NpgsqlConnection db, DateTimeOffset now, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        """
        update backed_volumes b set gone_at = case when o.name is null then @now end
        from backed_volumes t left join owned_objects o on o.kind = 'volume' and o.name = t.volume and o.removed_at is null
        where b.volume = t.volume and (b.gone_at is null) <> (o.name is not null)
        """, new { now }, cancellationToken: ct));

    /// <summary>Once nothing is left of its backups.</summary>
    public static Task<int> ForgetAsync(NpgsqlConnection db, string volume, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "delete from backed_volumes b where volume = @volume and gone_at is not null and not exists (select 1 from backups where volume = b.volume)", new { volume }, cancellationToken: ct));

    /// <summary>Volumes that an environment has, whether or not there are backups: what the ledger knows and has not let go.</summary>
    public static async Task<IReadOnlyList<string>> OwnedAsync(NpgsqlConnection db, EnvRow env, CancellationToken ct) =>
        (await db.QueryAsync<string>(new CommandDefinition(
            "select name from owned_objects where kind = 'volume' and env_id = @Id and removed_at is null order by name", new { env.Id }, cancellationToken: ct))).AsList();
}
