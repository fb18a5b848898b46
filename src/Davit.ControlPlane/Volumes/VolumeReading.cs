using Davit.Drivers;
using Davit.Model;
using Davit.Planning.Volumes;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Store.Volumes;
using Davit.Wire;

namespace Davit.ControlPlane.Volumes;

/// <summary>Says of volumes who uses them and how their backups stand.</summary>
internal sealed class VolumeReading(Database database, IRuntimeDriver driver, TargetWatch target, TimeProvider clock)
{
    public async Task<IReadOnlyList<VolumeView>> ListAsync(EnvRow env, CancellationToken ct) => await ListAsync(env, await ServingAsync(env, ct), ct);

    /// <param name="wish">What serves; null when nothing does.</param>
    public async Task<IReadOnlyList<VolumeView>> ListAsync(EnvRow env, Wish? wish, CancellationToken ct)
    {
        var owned = await database.ReadAsync(db => BackedVolumes.OwnedAsync(db, env, ct), ct);
        var backed = owned.Count is 0 ? [] : (await database.ReadAsync(db => BackedVolumes.OfEnvAsync(db, env.Id, ct), ct)).ToDictionary(b => b.Volume, StringComparer.Ordinal);
        var views = new List<VolumeView>();
        foreach (var volume in owned)
            views.Add(await ViewAsync(env, volume, wish, backed.GetValueOrDefault(volume), ct));
        return views;
    }

    /// <summary>As in the list, and how large it is.</summary>
    public async Task<VolumeView> GetAsync(EnvRow env, string reference, CancellationToken ct)
    {
        var volume = await FindAsync(env, reference, ct);
        var backed = (await database.ReadAsync(db => BackedVolumes.OfEnvAsync(db, env.Id, ct), ct)).FirstOrDefault(b => b.Volume == volume);
        return await ViewAsync(env, volume, await ServingAsync(env, ct), backed, ct) with { Bytes = await SizeAsync(volume, ct) };
    }

    /// <returns>The runtime's name.</returns>
    /// <exception cref="ProblemException">DV4001.</exception>
    public async Task<string> FindAsync(EnvRow env, string reference, CancellationToken ct) =>
        (await database.ReadAsync(db => BackedVolumes.OwnedAsync(db, env, ct), ct)).FirstOrDefault(v => v == reference || ShortName(env, v) == reference)
        ?? throw new ProblemException(ApiProblems.Missing("volume", reference));

    /// <summary>The manifest's name of a volume, of which the runtime's is made.</summary>
    public static string ShortName(EnvRow env, string volume)
    {
        var (before, after) = RuntimeName(env, "|").Split('|') switch { var ends => (ends[0], ends[1]) };
        return volume.Length > before.Length + after.Length && volume.StartsWith(before, StringComparison.Ordinal) && volume.EndsWith(after, StringComparison.Ordinal)
            ? volume[before.Length..^after.Length] : volume;
    }

    public static string RuntimeName(EnvRow env, string name) => new WishContext(new(default, env.OrgId, env.AppId, env.Id), env.AppName, env.Name).ObjectName(name);

    public static BackupFacts FactsOf(BackedVolumeRow volume, IReadOnlyList<BackupRow> backups, IReadOnlyList<RestoreRow> restores, DateTimeOffset now)
    {
        var ours = backups.Select(b => b.Id).ToHashSet();
        return new BackupFacts(now)
        {
            Every = volume.EverySeconds is { } every ? TimeSpan.FromSeconds(every) : null,
            Prove = volume.ProveSeconds is { } prove ? TimeSpan.FromSeconds(prove) : null,
            Keep = volume.Keep,
            GoneAt = volume.GoneAt,
            Backups = [.. backups.Select(b => new BackupFact(b.Id, StateOf(b.State), b.FinishedAt ?? b.CreatedAt))],
            Restores = [.. restores.Where(r => r.BackupId is { } from && ours.Contains(from)).Select(r => new RestoreFact(r.BackupId!.Value, StateOf(r.State), r.FinishedAt ?? r.CreatedAt))],
        };
    }

    public static BackupView ViewOf(BackupRow row) => new(row.Id.ToString(), row.Name, row.State, row.CreatedAt)
    {
        Method = row.Method, Files = row.Files, Bytes = row.Bytes, SentBytes = row.SentBytes, Actor = row.Actor, FinishedAt = row.FinishedAt, ProvenAt = row.ProvenAt,
        Problem = row.Problem is { } why ? ProblemBody.Of(why, row.RequestId) : null,
    };

    public static RestoreView ViewOf(EnvRow env, RestoreRow row) => new(row.Id.ToString(), row.From, ShortName(env, row.Volume), row.Kind, row.State, row.CreatedAt)
    {
        Files = row.Files, Bytes = row.Bytes, FinishedAt = row.FinishedAt, Problem = row.Problem is { } why ? ProblemBody.Of(why, row.RequestId) : null,
    };

    public static SnapshotView ViewOf(SnapshotRow row) => new(row.Id.ToString(), row.Name, row.State, row.Method, row.CreatedAt)
    {
        PausedMs = row.PausedMs, Files = row.Files, Bytes = row.Bytes, Actor = row.Actor, FinishedAt = row.FinishedAt,
        Problem = row.Problem is { } why ? ProblemBody.Of(why, row.RequestId) : null,
    };

    private static BackupState StateOf(string state) => state switch
    {
        "done" => BackupState.Done,
        "failed" => BackupState.Failed,
        _ => BackupState.Open,
    };

    private async Task<Wish?> ServingAsync(EnvRow env, CancellationToken ct) =>
        env.ServingId is { } id && await database.ReadAsync(db => DeploymentTable.GetAsync(db, id, ct), ct) is { Wish: { } stored } ? WishJson.Read(stored) : null;

    private async Task<VolumeView> ViewAsync(EnvRow env, string volume, Wish? wish, BackedVolumeRow? backed, CancellationToken ct)
    {
        var view = new VolumeView(ShortName(env, volume), volume, [.. wish?.Services.Where(s => s.Mounts(volume)).Select(s => s.Name) ?? []]);
        if (backed is null)
            return view;

        var (backups, restores) = await database.ReadAsync(async db => (await BackupTable.OfVolumeAsync(db, volume, ct), await RestoreTable.OfVolumeAsync(db, volume, ct)), ct);
        var facts = FactsOf(backed, backups, restores, clock.GetUtcNow());
        var (worry, proof) = (BackupPlanner.Worry(facts) switch { "" when target.Problem is not null && backed.GoneAt is null => "target-failed", var found => found }, facts.NewestProof);
        return view with
        {
            LastBackup = backups.FirstOrDefault(b => b.State is "done") is { } last ? ViewOf(last) : null,
            ProvenAt = proof?.At,
            ProvenSecondsAgo = proof is null ? null : (long)(facts.Now - proof.At).TotalSeconds,
            Worry = worry,
            WorryDetail = worry is "target-failed" ? target.Problem?.Detail ?? "" : Explain(worry, backups, restores),
            Work = restores.FirstOrDefault(r => r.IsOpen) is { } restore ? restore.Kind is "proof" ? "a backup of it is being proven" : "a backup is being restored into it"
                : backups.Any(b => b.IsOpen) ? "it is being backed up" : "",
            Policy = backed.EverySeconds is null && backed.ProveSeconds is null ? null : new BackupPolicyView(backed.EverySeconds, backed.ProveSeconds, backed.Keep),
        };
    }

    private static string Explain(string worry, IReadOnlyList<BackupRow> backups, IReadOnlyList<RestoreRow> restores) => worry switch
    {
        "proof-failed" => restores.First(r => r.State is "failed").Problem!.Detail,
        "backup-failed" => backups.First(b => b.State is "failed").Problem!.Detail,
        "backup-overdue" => "the last backup is older than twice the time between two",
        "proof-overdue" => "no backup has been restored for proof for longer than asked for",
        _ => "",
    };

    private async Task<long?> SizeAsync(string volume, CancellationToken ct)
    {
        try
        {
            return (await driver.DiskUsageAsync(ct)).Volumes.TryGetValue(volume, out var bytes) ? bytes : null;
        }
        catch (ProblemException)
        {
            return null;
        }
    }
}
