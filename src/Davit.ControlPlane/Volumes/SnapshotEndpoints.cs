using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Envs;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Store;
using Davit.Store.Resources;
using Davit.Store.Volumes;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Volumes;

internal sealed record SnapshotPath(string Org, string Project, string App, string Env, string Snapshot)
{
    public EnvPath EnvPath => new(Org, Project, App, Env);
}

internal static class SnapshotEndpoints
{
    /// <summary>Of a copy of which nothing is known yet.</summary>
    private const long UsualBytesPerSecond = 50 << 20;

    private static readonly string[] Methods = ["paused", "stopped", "live"];

    public static void MapSnapshots(this IEndpointRouteBuilder app)
    {
        var env = app.MapGroup("/v1/orgs/{org}/projects/{project}/apps/{app}/envs/{env}").WithTags("Snapshots");
        env.MapGet("/snapshots", ListAsync).Needs("volume:read").WithName("ListSnapshots");
        env.MapGet("/snapshots/{snapshot}", GetAsync).Needs("volume:read").WithName("GetSnapshot");
        env.MapPost("/volumes/{volume}/snapshots", CreateAsync).Needs("volume:backup").WithName("CreateSnapshot");
        env.MapPost("/snapshots/{snapshot}/restores", RestoreAsync).Needs("volume:restore").WithName("RestoreSnapshot");
        env.MapDelete("/snapshots/{snapshot}", DeleteAsync).Needs("volume:delete").WithName("DeleteSnapshot");
    }

    private static async Task<Ok<Page<SnapshotView>>> ListAsync([AsParameters] EnvPath path, string? volume, Caller caller, Places places, Database database, CancellationToken ct)
    {
        var env = await places.EnvAsync(caller, path, ct);
        var rows = await database.ReadAsync(db => SnapshotTable.OfEnvAsync(db, env.Id, ct), ct);
        return TypedResults.Ok(new Page<SnapshotView>([.. rows.Where(r => volume is null || r.Name == volume || r.Volume == volume).Select(VolumeReading.ViewOf)], null));
    }

    private static async Task<Ok<SnapshotView>> GetAsync([AsParameters] SnapshotPath path, Caller caller, Places places, Database database, CancellationToken ct) =>
        TypedResults.Ok(VolumeReading.ViewOf(await FindAsync(await places.EnvAsync(caller, path.EnvPath, ct), path.Snapshot, database, ct)));

    private static async Task<Accepted<Receipted<SnapshotView>>> CreateAsync([AsParameters] VolumePath path, SnapshotRequest body, Caller caller, Writers write, VolumeReading reading, CancellationToken ct)
    {
        if (!Methods.Contains(body.Method, StringComparer.Ordinal))
            throw new ProblemException(ApiProblems.BadBody($"'method' is one of {string.Join(", ", Methods)}"));
        var env = EnvEndpoints.Usable(await write.Places.EnvAsync(caller, path.EnvPath, ct));
        var view = await reading.GetAsync(env, path.Volume, ct);
        var draft = new SnapshotDraft(Id.New<SnapshotId>(write.Clock), env.Id, (view.RuntimeName, view.Name), body.Method);
        return await write.WriteAsync(caller, draft.Id.ToString(), async w =>
        {
            await BackupEndpoints.TakeTurnAsync(w, env, view.RuntimeName, body.Method is not "live", ct);
            var expected = body.Method is "paused" ? Expected(view, await SnapshotTable.OfEnvAsync(w.Db, env.Id, ct)) : null;
            await SnapshotTable.BeginAsync(w, draft, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("snapshot-create", "accepted", [draft.Id.ToString(), env.Id.ToString()], [("see how it went", $"davit volume snapshot get {Id.Tail(draft.Id)}")]), ct);
            return TypedResults.Accepted((string?)null, new Receipted<SnapshotView>(VolumeReading.ViewOf((await SnapshotTable.GetAsync(w.Db, draft.Id, ct))!) with { ExpectedPauseMs = expected }, receipt));
        }, ct);
    }

    /// <summary>Into a new volume, which is a clone, or in place.</summary>
    private static async Task<Accepted<Receipted<RestoreView>>> RestoreAsync([AsParameters] SnapshotPath path, RestoreRequest body, Caller caller, Writers write, [AsParameters] BackupDesk desk, CancellationToken ct)
    {
        var env = EnvEndpoints.Usable(await write.Places.EnvAsync(caller, path.EnvPath, ct));
        var snapshot = await FindAsync(env, path.Snapshot, write.Database, ct);
        if (snapshot.State is not "done")
            throw new ProblemException(VolumeProblems.NotDone(path.Snapshot, snapshot.State));
        var (volume, kind) = await BackupEndpoints.TargetOfAsync(env, body, (snapshot.Volume, snapshot.Name), desk, ct);
        return await BackupEndpoints.BeginAsync(write, caller, env, new(Id.New<RestoreId>(write.Clock), env.Id, null, volume, kind) { Snapshot = snapshot.Id }, ct);
    }

    private static async Task<Accepted<Receipted<SnapshotView>>> DeleteAsync([AsParameters] SnapshotPath path, string? confirm, Caller caller, Writers write, CancellationToken ct)
    {
        var env = EnvEndpoints.Usable(await write.Places.EnvAsync(caller, path.EnvPath, ct));
        var id = (await FindAsync(env, path.Snapshot, write.Database, ct)).Id;
        if (confirm != Id.Tail(id))
            throw new ProblemException(ApiProblems.Confirm(Id.Tail(id)));
        return await write.WriteAsync(caller, id.ToString(), async w =>
        {
            await EnvTable.LockAsync(w, env.Id, ct);
            var row = await SnapshotTable.GetAsync(w.Db, id, ct) ?? throw Missing(path.Snapshot);
            if (row.State is "waiting" or "running")
                throw new ProblemException(VolumeProblems.Busy(row.Name, "the snapshot is being taken"));
            if (await SnapshotTable.IsReadAsync(w.Db, id, ct))
                throw new ProblemException(VolumeProblems.Busy(row.Name, "the snapshot is being restored"));
            await SnapshotTable.DeleteAsync(w, row, ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("snapshot-delete", "accepted", [id.ToString(), env.Id.ToString()], [("see what is left", "davit volume snapshot list")]), ct);
            return TypedResults.Accepted((string?)null, new Receipted<SnapshotView>(VolumeReading.ViewOf(row with { State = "deleting" }), receipt));
        }, ct);
    }

    /// <summary>As fast as the last one of this volume.</summary>
    private static long? Expected(VolumeView volume, IReadOnlyList<SnapshotRow> before) => volume.Bytes is not { } bytes ? null
        : before.FirstOrDefault(s => s.Volume == volume.RuntimeName && s is { State: "done", PausedMs: > 0, Bytes: > 1 << 20 }) is { } last ? (long)((double)bytes * last.PausedMs / last.Bytes)
        : bytes * 1000 / UsualBytesPerSecond;

    private static async Task<SnapshotRow> FindAsync(EnvRow env, string reference, Database database, CancellationToken ct) =>
        await database.ReadAsync(db => SnapshotTable.FindAsync(db, env.Id, reference, ct), ct) ?? throw Missing(reference);

    internal static ProblemException Missing(string reference) => new(ApiProblems.Missing("snapshot", reference, "See which there are with: davit volume snapshot list"));
}
