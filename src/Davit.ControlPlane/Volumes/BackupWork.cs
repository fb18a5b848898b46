using System.Text.Json.Nodes;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Leases;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Leases;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Store.Volumes;

namespace Davit.ControlPlane.Volumes;

/// <summary>What work on backups needs.</summary>
internal sealed record BackupParts(IBackupTarget Target, Sealing Sealing, Installation Installation, VolumeAccess Access, EffectGate Gate, ReceiptWriter Receipts)
{
    public BackupPlace Place(string volume) => new(Installation.Id, volume);

    public BackupReading Reading(string volume) => new(Target, Sealing, Place(volume));

    /// <summary>Null when the environment is gone.</summary>
    public async Task<VolumeScope?> ScopeAsync(EnvId id, Holding held, Cause cause, CancellationToken ct)
    {
        if (await Gate.Database.ReadAsync(db => EnvTable.GetAsync(db, id, ct), ct) is not { } env)
            return null;
        var serving = env.ServingId is { } deployment ? await Gate.Database.ReadAsync(db => DeploymentTable.GetAsync(db, deployment, ct), ct) : null;
        return new(env, serving?.Wish is { } stored ? WishJson.Read(stored) : new Wish(default, env.AppName, env.Name), held, cause);
    }

    /// <summary>Whether the failure is the work's own. Otherwise it is not known how it stands, and whoever leads next begins again.</summary>
    public static bool IsItsOwn(ProblemException e) => e.Problem.Code is not (StoreProblems.LeaseEndedCode or StoreProblems.UnreachableCode);
}

/// <summary>Takes one backup. A repeat after a crash begins again and sends only what is not in the target yet.</summary>
internal sealed class BackupWork(BackupParts parts, TimeProvider clock)
{
    public const int MostAttempts = 3;

    private const string Live = "live: files read one after another";
    private const string Stopped = "stopped: nothing ran on it while it was read";

    /// <returns>False when it has to wait.</returns>
    public async Task<bool> RunAsync(BackupRow row, Holding held, CancellationToken ct)
    {
        var cause = new Cause(row.OrgId, row.Actor, row.RequestId, row.Id.ToString());
        var scope = await parts.ScopeAsync(row.EnvId, held, cause, ct);
        try
        {
            if (scope is null or { Env.Deleting: true })
                throw new ProblemException(DeploymentProblems.EnvironmentLeaves(scope?.Env.Name ?? row.EnvId.ToString()));
            if (row.Attempts >= MostAttempts)
                throw new ProblemException(VolumeProblems.CutOff(row.Name, row.Attempts));

            // A volume that is held for somebody else is being replaced, and half of it is no backup.
            if (row.Stops ? await parts.Access.UserAsync(scope, row.Volume, ct) is not null : scope.Env.HeldVolumes.Contains(row.Volume, StringComparer.Ordinal))
                return false;
            if (!(await parts.Access.NamesAsync(scope.Env, ct)).Contains(row.Volume, StringComparer.Ordinal))
                throw new ProblemException(ApiProblems.Missing("volume", row.Name));

            await parts.Gate.WriteAsync(held, cause, "backup.running", w => BackupTable.RunAsync(w, row, ct), ct);
            var size = await parts.Gate.DoAsync(held, new Effect(row.EnvId, null, "back-up", row.Id.ToString()), () => TakeAsync(row, scope, ct), ct);
            await parts.Gate.WriteAsync(held, cause, "backup.done", async w =>
            {
                await BackupTable.DoneAsync(w, row, size, ct);
                await parts.Receipts.WriteAsync(w, new ReceiptDraft("backup", "done", [row.Id.ToString(), row.EnvId.ToString()], [("prove it", $"davit backup prove {row.Name}")])
                {
                    Details = new JsonObject { ["volume"] = row.Volume, ["method"] = size.Method, ["files"] = size.Files, ["bytes"] = size.Bytes, ["sentBytes"] = size.SentBytes },
                }, ct);
            }, ct);
        }
        catch (ProblemException e) when (BackupParts.IsItsOwn(e))
        {
            await parts.Gate.WriteAsync(held, cause, "backup.failed", w => BackupTable.FailAsync(w, row, e.Problem, ct), ct);
        }

        return true;
    }

    private async Task<BackupSize> TakeAsync(BackupRow row, VolumeScope scope, CancellationToken ct)
    {
        var writing = new BackupWriting(parts.Target, parts.Sealing, parts.Place(row.Volume));
        var draft = new BackupIndex(row.Id, row.Volume, clock.GetUtcNow(), row.Stops ? Stopped : Live, []);
        var index = await parts.Access.OpenAsync(scope, row.Volume, readOnly: true, async open =>
        {
            await using var tar = await open.ReadAsync(ct);
            return await writing.SendAsync(tar, draft, ct);
        }, ct);

        // An effect of its own: a davitd that was frozen since must not finish it, because chunks may have been swept meanwhile.
        await parts.Gate.DoAsync(scope.Held, new Effect(row.EnvId, null, "finish-backup", row.Id.ToString()), () => writing.FinishAsync(index, ct), ct);
        return new BackupSize(index.Method, index.Files.Count, index.Bytes, writing.Sent);
    }
}
