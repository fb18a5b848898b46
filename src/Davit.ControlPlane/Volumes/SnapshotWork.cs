using System.Text.Json.Nodes;
using Davit.ControlPlane.Disks;
using Davit.ControlPlane.Leases;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Store;
using Davit.Store.Volumes;

namespace Davit.ControlPlane.Volumes;

/// <summary>
/// Takes and deletes snapshots: copies in a volume beside the one they are of. That instances may stand still is written down
/// before the first of them does, so whoever leads after a crash lets them go on before anything else.
/// </summary>
internal sealed class SnapshotWork(BackupParts parts, DiskGuard disk, TimeProvider clock)
{
    private const string Kind = "snapshot";

    /// <returns>False when it has to wait.</returns>
    public async Task<bool> RunAsync(SnapshotRow row, Holding held, CancellationToken ct)
    {
        var scope = await parts.ScopeAsync(row.EnvId, held, new Cause(row.OrgId, row.Actor, row.RequestId, row.Id.ToString()), ct);
        if (scope is null)
            return true;
        if (row.State is "running")
            await parts.Access.ResumeAsync(scope, ct);
        if (row.State is "deleting")
            return await DeleteAsync(row, scope, ct);
        try
        {
            return await TakeAsync(row, scope, ct);
        }
        catch (ProblemException e) when (BackupParts.IsItsOwn(e))
        {
            return await FailAsync(row, scope, e.Problem, ct);
        }
    }

    private async Task<bool> TakeAsync(SnapshotRow row, VolumeScope scope, CancellationToken ct)
    {
        if (scope.Env.Deleting)
            throw new ProblemException(DeploymentProblems.EnvironmentLeaves(scope.Env.Name));
        if (row.Attempts >= BackupWork.MostAttempts)
            throw new ProblemException(VolumeProblems.CutOff(row.Name, row.Attempts));

        // A volume that is held for somebody else is being replaced, and half of it is no snapshot.
        if (row.Method is "stopped" ? await parts.Access.UserAsync(scope, row.Volume, ct) is not null : scope.Env.HeldVolumes.Contains(row.Volume, StringComparer.Ordinal))
            return false;
        if (!(await parts.Access.NamesAsync(scope.Env, ct)).Contains(row.Volume, StringComparer.Ordinal))
            throw new ProblemException(ApiProblems.Missing("volume", row.Name));

        disk.Admit("taking a snapshot");
        await parts.Gate.WriteAsync(scope.Held, scope.Cause, "snapshot.running", w => SnapshotTable.RunAsync(w, row, ct), ct);
        await parts.Access.RemakeAsync(scope, Kind, row.KeptIn, ct);
        var size = await parts.Access.OpenAsync(scope, row.Volume, readOnly: true, from => parts.Access.OpenAsync(scope, row.KeptIn, readOnly: false, async to =>
        {
            var (files, paused) = row.Method is "paused" ? await CopyPausedAsync(row, scope, (from, to), ct) : (await VolumeCopy.PourAsync(from, to, row.Name, ct), TimeSpan.Zero);
            await VolumeCopy.CompareAsync(files, to, row.Name, ct);
            return new SnapshotSize((long)paused.TotalMilliseconds, files.Count, files.Sum(f => f.Bytes));
        }, ct), ct);

        await parts.Gate.WriteAsync(scope.Held, scope.Cause, "snapshot.done", async w =>
        {
            await SnapshotTable.DoneAsync(w, row, size, ct);
            await parts.Receipts.WriteAsync(w, new ReceiptDraft("snapshot", "done", [row.Id.ToString(), row.EnvId.ToString()], [("see it", $"davit volume snapshot get {Id.Tail(row.Id)}")])
            {
                Details = new JsonObject { ["volume"] = row.Volume, ["method"] = row.Method, ["pausedMs"] = size.PausedMs, ["files"] = size.Files, ["bytes"] = size.Bytes },
            }, ct);
        }, ct);
        return true;
    }

    /// <summary>Everything is opened before and compared afterwards, so that services stand still only while bytes are copied.</summary>
    private async Task<(IReadOnlyList<BackupFile> Files, TimeSpan Paused)> CopyPausedAsync(SnapshotRow row, VolumeScope scope, (OpenVolume From, OpenVolume To) open, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        IReadOnlyList<string> paused = [];
        IReadOnlyList<BackupFile> files;
        try
        {
            paused = await parts.Access.PauseUsersAsync(scope, row.Volume, ct);
            files = await VolumeCopy.PourAsync(open.From, open.To, row.Name, ct);
            if (!await parts.Access.AreStillAsync(scope, row.Volume, paused, ct))
                throw new ProblemException(VolumeProblems.Disturbed(row.Name));
        }
        finally
        {
            // Also when davitd is asked to end in the middle.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
            await parts.Access.ResumeAsync(scope, patience.Token);
        }

        return (files, paused.Count is 0 ? TimeSpan.Zero : clock.GetElapsedTime(began));
    }

    private async Task<bool> DeleteAsync(SnapshotRow row, VolumeScope scope, CancellationToken ct)
    {
        if (!await parts.Access.CleanAsync(scope, Kind, row.KeptIn))
            return false;
        await parts.Gate.WriteAsync(scope.Held, scope.Cause, "snapshot.deleted", async w =>
        {
            await SnapshotTable.ForgetAsync(w, row, ct);
            await parts.Receipts.WriteAsync(w, new ReceiptDraft("snapshot-delete", "done", [row.Id.ToString(), row.EnvId.ToString()], [("see what is left", "davit volume snapshot list")]), ct);
        }, ct);
        return true;
    }

    /// <summary>It is not told to have failed while anything stands still, or while half of a copy could be taken for a whole one.</summary>
    private async Task<bool> FailAsync(SnapshotRow row, VolumeScope scope, Problem why, CancellationToken ct)
    {
        await parts.Access.ResumeAsync(scope, ct);
        if (!await parts.Access.CleanAsync(scope, Kind, row.KeptIn))
            return false;
        await parts.Gate.WriteAsync(scope.Held, scope.Cause, "snapshot.failed", w => SnapshotTable.FailAsync(w, row, why, ct), ct);
        return true;
    }
}
