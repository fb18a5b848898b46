using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Envs;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Store.Volumes;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Volumes;

internal sealed record BackupPath(string Org, string Project, string App, string Env, string Backup)
{
    public EnvPath EnvPath => new(Org, Project, App, Env);
}

/// <summary>Work on volumes is asked for here and done by the leader, one after the other.</summary>
internal static class BackupEndpoints
{
    public static void MapBackups(this IEndpointRouteBuilder app)
    {
        var env = app.MapGroup("/v1/orgs/{org}/projects/{project}/apps/{app}/envs/{env}").WithTags("Backups");
        env.MapGet("/backups", ListAsync).Needs("backup:read").WithName("ListBackups");
        env.MapGet("/backups/{backup}", GetAsync).Needs("backup:read").WithName("GetBackup");
        env.MapGet("/backups/{backup}/verification", VerifyAsync).Needs("backup:read").WithName("VerifyBackup");
        env.MapGet("/restores/{restore}", RestoreAsync).Needs("backup:read").WithName("GetRestore");
        env.MapPost("/volumes/{volume}/backups", CreateAsync).Needs("volume:backup").WithName("CreateBackup");
        env.MapPost("/volumes/{volume}/proofs", ProveAsync).Needs("volume:backup").WithName("ProveBackup");
        env.MapPost("/backups/{backup}/restores", BeginRestoreAsync).Needs("volume:restore").WithName("RestoreBackup");
    }

    private static async Task<Ok<Page<BackupView>>> ListAsync([AsParameters] EnvPath path, string? volume, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var env = await places.EnvAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => BackupTable.OfEnvAsync(db, env.Id, ct), ct);
        return TypedResults.Ok(new Page<BackupView>([.. rows.Where(r => volume is null || r.Name == volume || r.Volume == volume).Select(VolumeReading.ViewOf)], null));
    }

    private static async Task<Ok<BackupView>> GetAsync([AsParameters] BackupPath path, Caller caller, Places places, Database database, CancellationToken ct) =>
        TypedResults.Ok(VolumeReading.ViewOf(await FindAsync(await places.EnvAsync(caller, path.EnvPath, ct), path.Backup, database, ct)));

    private static async Task<Ok<RestoreView>> RestoreAsync([AsParameters] EnvPath path, string restore, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var env = await places.EnvAsync(caller, path, ct);
        return TypedResults.Ok(VolumeReading.ViewOf(env, await database.ReadAsync(db => RestoreTable.FindAsync(db, env.Id, restore, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("restore", restore, "See what is under way on volumes with: davit volume list"))));
    }

    /// <summary>Reads all of it from the target and changes nothing.</summary>
    private static async Task<Ok<VerificationView>> VerifyAsync([AsParameters] BackupPath path, Caller caller, Places places, BackupParts parts, CancellationToken ct)
    {
        var row = await DoneAsync(await places.EnvAsync(caller, path.EnvPath, ct), path.Backup, parts.Gate.Database, ct);
        var reading = parts.Reading(row.Volume);
        var index = await reading.IndexAsync(row.Id, ct);
        await reading.VerifyAsync(index, ct);
        return TypedResults.Ok(new VerificationView(row.Id.ToString(), index.Files.Count, index.Bytes));
    }

    private static async Task<Accepted<Receipted<BackupView>>> CreateAsync([AsParameters] VolumePath path, BackupRequest body, Caller caller, Writers write, [AsParameters] BackupDesk desk, CancellationToken ct)
    {
        if (desk.Target is NoTarget)
            throw new ProblemException(VolumeProblems.NoTarget());
        var env = EnvEndpoints.Usable(await write.Places.EnvAsync(caller, path.EnvPath, ct));
        var volume = await desk.Reading.FindAsync(env, path.Volume, ct);
        var (id, name) = (Id.New<BackupId>(write.Clock), VolumeReading.ShortName(env, volume));
        return await write.WriteAsync(caller, id.ToString(), async w =>
        {
            await TakeTurnAsync(w, env, volume, body.Stop, ct);
            await BackedVolumes.EnsureAsync(w, env.Id, volume, name, ct);
            await BackupTable.BeginAsync(w, id, env.Id, volume, body.Stop, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("backup-create", "accepted", [id.ToString(), env.Id.ToString()], [("see how it went", $"davit backup get {id}")]), ct);
            return TypedResults.Accepted((string?)null, new Receipted<BackupView>(VolumeReading.ViewOf((await BackupTable.GetAsync(w.Db, id, ct))!), receipt));
        }, ct);
    }

    /// <summary>The newest backup is restored into a scratch volume and compared.</summary>
    private static async Task<Accepted<Receipted<RestoreView>>> ProveAsync([AsParameters] VolumePath path, Caller caller, Writers write, VolumeReading reading, CancellationToken ct)
    {
        var env = EnvEndpoints.Usable(await write.Places.EnvAsync(caller, path.EnvPath, ct));
        var volume = await reading.FindAsync(env, path.Volume, ct);
        var newest = (await write.Database.ReadAsync(db => BackupTable.OfVolumeAsync(db, volume, ct), ct)).FirstOrDefault(b => b.State is "done")
            ?? throw new ProblemException(ApiProblems.Missing("backup of volume", path.Volume, $"Take one first: davit backup create {path.Volume}"));
        return await BeginAsync(write, caller, env, new(Id.New<RestoreId>(write.Clock), env.Id, newest.Id, volume, "proof"), ct);
    }

    private static async Task<Accepted<Receipted<RestoreView>>> BeginRestoreAsync([AsParameters] BackupPath path, RestoreRequest body, Caller caller, Writers write, [AsParameters] BackupDesk desk, CancellationToken ct)
    {
        var env = EnvEndpoints.Usable(await write.Places.EnvAsync(caller, path.EnvPath, ct));
        var backup = await DoneAsync(env, path.Backup, write.Database, ct);
        var (volume, kind) = await TargetOfAsync(env, body, (backup.Volume, backup.Name), desk, ct);
        return await BeginAsync(write, caller, env, new(Id.New<RestoreId>(write.Clock), env.Id, backup.Id, volume, kind), ct);
    }

    /// <summary>What a restore is to write.</summary>
    /// <param name="of">The volume that was kept: the runtime's name and the manifest's.</param>
    internal static async Task<(string Volume, string Kind)> TargetOfAsync(EnvRow env, RestoreRequest body, (string Volume, string Name) of, BackupDesk desk, CancellationToken ct)
    {
        if (body.InPlace == (body.As is not ""))
            throw new ProblemException(ApiProblems.BadBody("either 'as' names a new volume, or 'inPlace' is true"));
        if (body.InPlace && body.Confirm != of.Name)
            throw new ProblemException(ApiProblems.Confirm(of.Name));

        // A volume that was deleted meanwhile has no data that could be replaced.
        var volume = body.InPlace ? await desk.Reading.FindAsync(env, of.Volume, ct) : VolumeReading.RuntimeName(env, Names.Check(body.As));
        if (!body.InPlace && (await desk.Access.NamesAsync(env, ct)).Contains(volume, StringComparer.Ordinal))
            throw new ProblemException(VolumeProblems.Exists(body.As));
        return (volume, body.InPlace ? "in-place" : "new");
    }

    internal static Task<Accepted<Receipted<RestoreView>>> BeginAsync(Writers write, Caller caller, EnvRow env, RestoreDraft draft, CancellationToken ct) => write.WriteAsync(caller, draft.Id.ToString(), async w =>
    {
        await TakeTurnAsync(w, env, draft.Volume, draft.Kind is not "proof", ct);
        if (draft.Snapshot is { } snapshot && await SnapshotTable.GetAsync(w.Db, snapshot, ct) is not { State: "done" })
            throw SnapshotEndpoints.Missing(draft.From);
        if (draft.Kind is "new")
        {
            // The name is taken with the request, so that nobody else makes a volume of it meanwhile.
            if ((await BackedVolumes.OwnedAsync(w.Db, env, ct)).Contains(draft.Volume, StringComparer.Ordinal))
                throw new ProblemException(VolumeProblems.Exists(VolumeReading.ShortName(env, draft.Volume)));
            await ObjectLedger.InsertAsync(w, env.AppId, env.Id, new OwnedObject("volume", draft.Volume), ct);
        }

        await RestoreTable.BeginAsync(w, draft, ct);
        var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft(draft.Kind is "proof" ? "backup-prove" : draft.Snapshot is null ? "backup-restore" : "snapshot-restore", "accepted", [draft.Id.ToString(), draft.From, env.Id.ToString()],
            [("see how it went", $"davit describe {draft.Id}")]), ct);
        return TypedResults.Accepted((string?)null, new Receipted<RestoreView>(VolumeReading.ViewOf(env, (await RestoreTable.FindAsync(w.Db, env.Id, draft.Id.ToString(), ct))!), receipt));
    }, ct);

    /// <summary>Under the environment's lock: one work at a time on a volume, and none that stops services while they are being replaced.</summary>
    internal static async Task TakeTurnAsync(Writing writing, EnvRow env, string volume, bool stops, CancellationToken ct)
    {
        await EnvTable.LockAsync(writing, env.Id, ct);
        var name = VolumeReading.ShortName(env, volume);
        if (await RestoreTable.IsBusyAsync(writing.Db, volume, ct))
            throw new ProblemException(VolumeProblems.Busy(name, "it is being backed up, restored or proven, or a snapshot of it is being taken"));
        if (stops && await DeploymentTable.UnfinishedAsync(writing.Db, env.Id, ct) is [var running, ..])
            throw new ProblemException(VolumeProblems.Busy(name, $"deployment #{running.Number} is under way"));
    }

    private static async Task<BackupRow> FindAsync(EnvRow env, string reference, Database database, CancellationToken ct) =>
        await database.ReadAsync(db => BackupTable.FindAsync(db, env.Id, reference, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("backup", reference));

    private static async Task<BackupRow> DoneAsync(EnvRow env, string reference, Database database, CancellationToken ct) =>
        await FindAsync(env, reference, database, ct) is { State: "done" } done ? done : throw new ProblemException(VolumeProblems.NotDone(reference, "not done"));
}

/// <summary>What asking for backups and restores needs.</summary>
internal sealed record BackupDesk(IBackupTarget Target, VolumeReading Reading, VolumeAccess Access);
