using System.IO.Pipelines;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Disks;
using Davit.ControlPlane.Leases;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Store;
using Davit.Store.Leases;
using Davit.Store.Volumes;

namespace Davit.ControlPlane.Volumes;

/// <summary>
/// Restores one backup or snapshot and compares every file with what was kept. A proof ends there. Data is only replaced once what was
/// kept lies restored and compared in a scratch volume, so a target that goes away in the middle costs nothing.
/// </summary>
internal sealed partial class RestoreWork(BackupParts parts, DiskGuard disk, ILogger<RestoreWork> log)
{
    /// <returns>False when it has to wait.</returns>
    public async Task<bool> RunAsync(RestoreRow row, Holding held, CancellationToken ct)
    {
        var cause = new Cause(row.OrgId, row.Actor, row.RequestId, row.Id.ToString());
        var scope = await parts.ScopeAsync(row.EnvId, held, cause, ct);
        try
        {
            if (scope is null or { Env.Deleting: true })
                throw new ProblemException(DeploymentProblems.EnvironmentLeaves(scope?.Env.Name ?? row.EnvId.ToString()));
            if (row is { State: not "replacing", Attempts: >= BackupWork.MostAttempts })
                throw new ProblemException(VolumeProblems.CutOff(row.Volume, row.Attempts));
            if (row.Kind is not "proof" && await parts.Access.UserAsync(scope, row.Volume, ct) is not null)
                return false;
            await RestoreAsync(row, scope, ct);
        }
        catch (ProblemException e) when (BackupParts.IsItsOwn(e))
        {
            return await FailAsync(row, scope, held, e.Problem, ct);
        }

        await parts.Access.CleanAsync(scope, "scratch", Scratch(row));
        return true;
    }

    private static string Scratch(RestoreRow row) => $"davit-scratch-{Id.Tail(row.Id)}";

    private async Task RestoreAsync(RestoreRow row, VolumeScope scope, CancellationToken ct)
    {
        var source = await SourceAsync(row, ct);
        if (row.State is not "replacing")
        {
            if (row.Kind is "in-place" && scope.Wish.Volumes.Any(v => v.Name == row.Volume && (v.Driver is not (null or "local") || !v.Options.IsEmpty)))
                throw new ProblemException(VolumeProblems.NotReplaceable(VolumeReading.ShortName(scope.Env, row.Volume)));
            disk.Admit(row.SnapshotId is null ? "restoring a backup" : "restoring a snapshot");
            await parts.Gate.WriteAsync(scope.Held, scope.Cause, "restore.running", w => RestoreTable.RunAsync(w, row, ct), ct);
            await FillAsync(scope, source, row.Kind is "new" ? ("volume", row.Volume) : ("scratch", Scratch(row)), ct);
        }

        if (row.Kind is "in-place")
        {
            await parts.Gate.WriteAsync(scope.Held, scope.Cause, "restore.replacing", w => RestoreTable.ReplaceAsync(w, row, ct), ct);
            await ReplaceAsync(row, scope, ct);
        }

        await parts.Gate.WriteAsync(scope.Held, scope.Cause, "restore.done", async w =>
        {
            await RestoreTable.DoneAsync(w, row, (source.Files, source.Bytes), ct);
            await parts.Receipts.WriteAsync(w, new ReceiptDraft(row.Kind is "proof" ? "backup-proof" : "restore", "done", [row.Id.ToString(), row.From, row.EnvId.ToString()], [])
            {
                Details = new JsonObject { ["volume"] = row.Volume, ["kind"] = row.Kind, ["files"] = source.Files, ["bytes"] = source.Bytes },
            }, ct);
        }, ct);
    }

    private Task<Source> SourceAsync(RestoreRow row, CancellationToken ct) => parts.Gate.Database.ReadAsync(async db => row.SnapshotId is { } snapshot
        ? await SnapshotTable.GetAsync(db, snapshot, ct) switch { { } s => new Source(null, s.KeptIn, s.Files, s.Bytes), _ => throw SnapshotEndpoints.Missing(row.From) }
        : await BackupTable.GetAsync(db, row.BackupId!.Value, ct) switch { { } b => new Source(b, "", b.Files, b.Bytes), _ => throw new ProblemException(ApiProblems.Missing("backup", row.From)) }, ct);

    private async Task FillAsync(VolumeScope scope, Source source, (string Kind, string Name) to, CancellationToken ct)
    {
        if (source.Backup is not { } backup)
        {
            await parts.Access.RemakeAsync(scope, to.Kind, to.Name, ct);
            await CopyAsync(scope, source.KeptIn, to.Name, ct);
            return;
        }

        var reading = parts.Reading(backup.Volume);
        try
        {
            var index = await reading.IndexAsync(backup.Id, ct);
            await parts.Access.RemakeAsync(scope, to.Kind, to.Name, ct);
            await parts.Access.OpenAsync(scope, to.Name, readOnly: false, async open =>
            {
                await PourAsync((into, token) => reading.CopyAsync(index, into, token), open.WriteAsync, ct);
                await VolumeCopy.CompareAsync(index.Files, open, to.Name, ct);
                return true;
            }, ct);
        }
        catch (ProblemException) when (reading.DamagedChunk is { } chunk)
        {
            await parts.Gate.DoAsync(scope.Held, new Effect(scope.Env.Id, null, "set-chunk-aside", chunk), () => reading.SetAsideAsync(chunk, ct), ct);
            throw;
        }
    }

    /// <summary>From the scratch volume, which is whole and compared: repeated until it has succeeded, because half of the data would be worse than either.</summary>
    private async Task ReplaceAsync(RestoreRow row, VolumeScope scope, CancellationToken ct)
    {
        await parts.Access.RemakeAsync(scope, "volume", row.Volume, ct);
        await CopyAsync(scope, Scratch(row), row.Volume, ct);
    }

    private Task<bool> CopyAsync(VolumeScope scope, string source, string target, CancellationToken ct) =>
        parts.Access.OpenAsync(scope, source, readOnly: true, from => parts.Access.OpenAsync(scope, target, readOnly: false, async to =>
        {
            await VolumeCopy.CompareAsync(await VolumeCopy.PourAsync(from, to, source, ct), to, target, ct);
            return true;
        }, ct), ct);

    private async Task<bool> FailAsync(RestoreRow row, VolumeScope? scope, Holding held, Problem why, CancellationToken ct)
    {
        var now = await parts.Gate.Database.ReadAsync(db => RestoreTable.FindAsync(db, row.EnvId, row.Id.ToString(), ct), ct);
        // What the runtime refuses to remove because somebody uses it is untouched, unless an earlier pass has begun already.
        var isUntouched = row.State is not "replacing" && why.Of == DriverProblems.VolumeInUseCode;
        if (now is { State: "replacing" } && scope is { Env.Deleting: false } && !isUntouched)
        {
            LogAgain(row.Id.ToString(), why.Code, why.Detail);
            return false;
        }

        if (scope is not null)
        {
            await parts.Access.CleanAsync(scope, "scratch", Scratch(row));

            // It is not told to have failed before nobody can take the half of it for the whole.
            if (row.Kind is "new" && !await parts.Access.CleanAsync(scope, "volume", row.Volume))
                return false;
        }

        await parts.Gate.WriteAsync(held, scope?.Cause ?? new Cause(row.OrgId, row.Actor, row.RequestId, row.Id.ToString()), "restore.failed", w => RestoreTable.FailAsync(w, row, why, ct), ct);
        return true;
    }

    /// <summary>What ends the making of the archive is the reason, not that its taker then misses the rest.</summary>
    private static async Task PourAsync(Func<Stream, CancellationToken, Task> make, Func<Stream, CancellationToken, Task> take, CancellationToken ct)
    {
        var pipe = new Pipe();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var making = MakeAsync();
        try
        {
            await take(pipe.Reader.AsStream(), ct);
            await making;
        }
        catch (Exception) when (making.IsFaulted)
        {
            await making;
        }
        finally
        {
            await stop.CancelAsync();
            await pipe.Reader.CompleteAsync();
            await making.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task MakeAsync()
        {
            await Task.Yield();
            try
            {
                await make(pipe.Writer.AsStream(leaveOpen: true), stop.Token);
                await pipe.Writer.CompleteAsync();
            }
            catch (Exception e)
            {
                await pipe.Writer.CompleteAsync(e);
                throw;
            }
        }
    }

    /// <param name="Backup">Null when it is a snapshot.</param>
    /// <param name="KeptIn">The volume that holds a snapshot.</param>
    private sealed record Source(BackupRow? Backup, string KeptIn, long Files, long Bytes);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Warning, Message = "{Restore} cannot put the data in its place now and tries again: {Code} {Detail}")]
    private partial void LogAgain(string restore, string code, string detail);
}
