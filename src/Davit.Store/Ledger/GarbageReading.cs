using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Davit.Model;
using Davit.Planning.Garbage;
using Davit.Planning.Wishes;
using Npgsql;

namespace Davit.Store.Ledger;

/// <summary>Reads what the store knows into the planner's words. Inside a transaction it sees everything that was committed before.</summary>
public static class GarbageReading
{
    public static async Task<GarbageFacts> ReadAsync(NpgsqlConnection db, DateTimeOffset now, CancellationToken ct) => new(now)
    {
        Environments = await EnvironmentsAsync(db, ct),
        Releases = await ReleasesAsync(db, ct),
        Deployments = await DeploymentsAsync(db, ct),
        Uploads = await UploadsAsync(db, ct),
        Holds = [.. await ArtefactHolds.AllAsync(db, ct)],
        Owned = await OwnedAsync(db, ct),
    };

    private static async Task<ImmutableArray<EnvironmentFact>> EnvironmentsAsync(NpgsqlConnection db, CancellationToken ct) =>
        [.. (await db.QueryAsync<(Guid Id, Guid Org, string App, string Name, Guid? Serving, string? Retention, string? Keep)>(new CommandDefinition(
            """
            select e.id, e.org_id, a.name, e.name, e.serving_id, d.wish->>'retention', d.wish->'takeover'->>'keep'
            from envs e join apps a on a.id = e.app_id left join deployments d on d.id = e.serving_id order by e.id
            """, cancellationToken: ct))).Select(e => new EnvironmentFact(EnvId.From(e.Id), OrgId.From(e.Org), e.App, e.Name)
        {
            Serving = e.Serving is { } serving ? DeploymentId.From(serving) : null,
            Retention = e.Retention is { } text ? JsonSerializer.Deserialize<RetentionPolicy>(text, DavitJson.Options)! : RetentionPolicy.Default,
            KeepsWarm = e.Keep is { } keep ? TimeSpan.ParseExact(keep, "c", CultureInfo.InvariantCulture) : TimeSpan.Zero,
        })];

    private static async Task<ImmutableArray<ReleaseFact>> ReleasesAsync(NpgsqlConnection db, CancellationToken ct) =>
        [.. (await db.QueryAsync<ReleaseRead>(new CommandDefinition(
            """
            select r.id, r.org_id, a.name as app, r.number, r.created_at, r.services, coalesce(r.provenance->>'tree', '') as source,
                   coalesce(m.pinned_by, '') as pinned_by, m.collected_at is not null as is_collected
            from releases r join apps a on a.id = r.app_id left join release_marks m on m.release_id = r.id order by r.id
            """, cancellationToken: ct))).Select(Fact)];

    private static ReleaseFact Fact(ReleaseRead row)
    {
        var contents = JsonSerializer.Deserialize<ReleaseContents>(row.Services, DavitJson.Options)!;
        return new(row.Id, row.OrgId, row.App, row.Number, row.CreatedAt, [.. contents.Services.Select(s => s.Image).Where(i => i is not "")])
        {
            Blobs = [.. contents.Files.Entries.Select(f => Digits(f.Value))],
            Trees = [.. contents.Trees.Entries.Select(t => Digits(t.Value)), .. contents.Services.Where(s => s.Tree is not "").Select(s => Digits(s.Tree))],
            Source = Digits(row.Source),
            PinnedBy = row.PinnedBy,
            IsCollected = row.IsCollected,
        };
    }

    private static async Task<ImmutableArray<DeploymentFact>> DeploymentsAsync(NpgsqlConnection db, CancellationToken ct) =>
        [.. (await db.QueryAsync<(Guid Id, Guid Env, int Number, Guid? Release, string State, DateTime? FinishedAt, string? At)>(new CommandDefinition(
            "select id, env_id, number, release_id, state->>'is', case when is_final then finished_at end, state->>'at' from deployments order by id", cancellationToken: ct)))
            .Select(d => new DeploymentFact(
                DeploymentId.From(d.Id), EnvId.From(d.Env), d.Number, d.Release is { } release ? ReleaseId.From(release) : null, d.State is "live" or "replaced",
                d.FinishedAt is { } ended ? new DateTimeOffset(ended, TimeSpan.Zero) : null)
            {
                ReplacedAt = d.State is "replaced" ? DateTimeOffset.Parse(d.At!, CultureInfo.InvariantCulture) : null,
                IsFailure = d.State is "failed",
            })];

    private static async Task<ImmutableArray<UploadFact>> UploadsAsync(NpgsqlConnection db, CancellationToken ct)
    {
        var awaited = (await db.QueryAsync<string>(new CommandDefinition(
            "select distinct source->>'id' from deployments where not is_final and source->>'kind' = 'upload'", cancellationToken: ct))).ToHashSet(StringComparer.Ordinal);
        return [.. (await db.QueryAsync<(Guid Id, Guid Org, string Digest, DateTime At)>(new CommandDefinition("select id, org_id, digest, created_at from uploads order by id", cancellationToken: ct)))
            .Select(u => new UploadFact(UploadId.From(u.Id), OrgId.From(u.Org), Digits(u.Digest), new DateTimeOffset(u.At, TimeSpan.Zero), awaited.Contains(UploadId.From(u.Id).ToString())))];
    }

    private static async Task<OwnedNames> OwnedAsync(NpgsqlConnection db, CancellationToken ct)
    {
        var instances = await db.QueryAsync<(Guid Id, string Name, Guid Deployment, DateTime? RemovedAt)>(new CommandDefinition("select id, name, deployment_id, removed_at from instances", cancellationToken: ct));
        var objects = (await db.QueryAsync<OwnedObject>(new CommandDefinition("select kind, name from owned_objects where removed_at is null", cancellationToken: ct))).ToLookup(o => o.Kind, o => o.Name, StringComparer.Ordinal);
        var all = instances.AsList();
        return new OwnedNames
        {
            Instances = [.. all.Where(i => i.RemovedAt is null).Select(i => i.Name), .. objects["helper"]],
            Networks = [.. objects["network"]],
            Volumes = [.. objects["volume"], .. objects["scratch"], .. objects["snapshot"]],
            Built = [.. objects["image"]],
            Pulled = [.. await PulledImages.AllAsync(db, ct)],
            Removed = all.Where(i => i.RemovedAt is not null).ToImmutableDictionary(
                i => InstanceId.From(i.Id), i => new RemovedInstance(new DateTimeOffset(i.RemovedAt!.Value, TimeSpan.Zero), DeploymentId.From(i.Deployment))),
        };
    }

    /// <summary>Directories are named by the digits alone.</summary>
    private static string Digits(string digest) => digest.StartsWith("sha256:", StringComparison.Ordinal) ? digest["sha256:".Length..] : digest;

    private sealed record ReleaseRead
    {
        public required ReleaseId Id { get; init; }

        public required OrgId OrgId { get; init; }

        public required string App { get; init; }

        public required int Number { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required string Services { get; init; }

        public required string Source { get; init; }

        public required string PinnedBy { get; init; }

        public required bool IsCollected { get; init; }
    }
}
