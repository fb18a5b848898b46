using Davit.ControlPlane.Leases;
using Davit.Model;
using Davit.Planning.Volumes;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Volumes;

namespace Davit.ControlPlane.Volumes;

/// <summary>What a leader does for volumes in one turn. Everything is read from the store, so the next leader goes on where this one ends.</summary>
internal sealed class VolumeTurns(SnapshotWork snapshot, BackupWork backup, RestoreWork restore, BackupRetention retention, BackupParts parts, TimeProvider clock)
{
    private readonly Database _database = parts.Gate.Database;

    /// <summary>The work that was asked for, the oldest first.</summary>
    /// <returns>Whether anything was done, and whether anything was open.</returns>
    public async Task<(bool Did, bool IsOpen)> WorkAsync(Holding held, CancellationToken ct)
    {
        var (snapshots, backups, restores) = await _database.ReadAsync(async db => (await SnapshotTable.OpenAsync(db, ct), await BackupTable.OpenAsync(db, ct), await RestoreTable.OpenAsync(db, ct)), ct);
        var did = false;

        // First, because of a crash in the middle of one services may still stand still.
        foreach (var row in snapshots)
            did |= await snapshot.RunAsync(row, held, ct);
        foreach (var row in backups)
            did |= await backup.RunAsync(row, held, ct);
        foreach (var row in restores)
            did |= await restore.RunAsync(row, held, ct);
        return (did, snapshots.Count + backups.Count + restores.Count > 0);
    }

    /// <summary>Asks for what is due, and lets go of what nothing keeps.</summary>
    public async Task ScheduleAsync(Holding held, CancellationToken ct)
    {
        await _database.ReadAsync(db => BackedVolumes.FollowLedgerAsync(db, clock.GetUtcNow(), ct), ct);
        foreach (var volume in await _database.ReadAsync(db => BackedVolumes.AllAsync(db, ct), ct))
            await ScheduleAsync(volume, held, ct);
    }

    /// <summary>Takes away what a crash or an engine that was away has left. Only while nothing is open that could need it.</summary>
    public async Task SweepAsync(Holding held, CancellationToken ct)
    {
        foreach (var (env, item) in await _database.ReadAsync(db => ObjectLedger.PassingAsync(db, ct), ct))
        {
            var cause = new Cause(env.Org, "davitd", $"sweep-{Id.Tail(env.Id)}", env.Id.ToString());
            if (await parts.ScopeAsync(env.Id, held, cause, ct) is { } scope)
                await parts.Access.CleanAsync(scope, item.Kind, item.Name);
        }
    }

    private async Task ScheduleAsync(BackedVolumeRow volume, Holding held, CancellationToken ct)
    {
        var (backups, restores) = await _database.ReadAsync(async db => (await BackupTable.OfVolumeAsync(db, volume.Volume, ct), await RestoreTable.OfVolumeAsync(db, volume.Volume, ct)), ct);
        var plan = BackupPlanner.Decide(VolumeReading.FactsOf(volume, backups, restores, clock.GetUtcNow()));
        var cause = new Cause(volume.OrgId, "davitd", $"schedule-{Id.Tail(volume.EnvId)}", volume.EnvId.ToString());
        if (plan.BackUp && !restores.Any(r => r.IsOpen))
            await parts.Gate.WriteAsync(held, cause, "backup.requested", w => BackupTable.BeginAsync(w, Id.New<BackupId>(clock), volume.EnvId, volume.Volume, stops: false, ct), ct);
        else if (plan.Prove is { } newest && !backups.Any(b => b.IsOpen))
            await parts.Gate.WriteAsync(held, cause, "restore.requested", w => RestoreTable.BeginAsync(w, new(Id.New<RestoreId>(clock), volume.EnvId, newest, volume.Volume, "proof"), ct), ct);
        if (plan.Expired.Length > 0)
            await retention.ExpireAsync(volume, [.. backups.Where(b => plan.Expired.Contains(b.Id))], held, ct);
    }
}
