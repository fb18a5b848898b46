using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Envs;
using Davit.ControlPlane.Receipts;
using Davit.Drivers;
using Davit.Model;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Store.Volumes;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.ControlPlane.Volumes;

internal sealed record VolumePath(string Org, string Project, string App, string Env, string Volume)
{
    public EnvPath EnvPath => new(Org, Project, App, Env);
}

internal static class VolumeEndpoints
{
    private const long ShortestSeconds = 60;
    private const int MostKept = 1000;

    public static void MapVolumes(this IEndpointRouteBuilder app)
    {
        var volumes = app.MapGroup("/v1/orgs/{org}/projects/{project}/apps/{app}/envs/{env}/volumes").WithTags("Volumes");
        volumes.MapGet("", ListAsync).Needs("volume:read").WithName("ListVolumes");
        volumes.MapGet("/{volume}", GetAsync).Needs("volume:read").WithName("GetVolume");
        volumes.MapDelete("/{volume}", DeleteAsync).Needs("volume:delete").WithName("DeleteVolume");
        volumes.MapPut("/{volume}/backup-policy", SetPolicyAsync).Needs("volume:backup").WithName("SetBackupPolicy");
    }

    private static async Task<Ok<Page<VolumeView>>> ListAsync([AsParameters] EnvPath path, Caller caller, Places places, VolumeReading reading, CancellationToken ct) =>
        TypedResults.Ok(new Page<VolumeView>(await reading.ListAsync(await places.EnvAsync(caller, path, ct), ct), null));

    private static async Task<Ok<VolumeView>> GetAsync([AsParameters] VolumePath path, Caller caller, Places places, VolumeReading reading, CancellationToken ct) =>
        TypedResults.Ok(await reading.GetAsync(await places.EnvAsync(caller, path.EnvPath, ct), path.Volume, ct));

    /// <summary>Its backups stay for two weeks. While the environment is locked nobody begins to use it.</summary>
    private static async Task<Ok<Receipted<VolumeView>>> DeleteAsync(
        [AsParameters] VolumePath path, string? confirm, Caller caller, Writers write, [AsParameters] VolumeParts parts, CancellationToken ct)
    {
        var env = EnvEndpoints.Usable(await write.Places.EnvAsync(caller, path.EnvPath, ct));
        var volume = await parts.Reading.FindAsync(env, path.Volume, ct);
        var view = await parts.Reading.GetAsync(env, volume, ct);
        if (confirm != view.Name)
            throw new ProblemException(ApiProblems.Confirm(view.Name));

        return await write.WriteAsync(caller, env.Id.ToString(), async w =>
        {
            await EnvTable.LockAsync(w, env.Id, ct);
            if (await HolderAsync(w, env, volume, ct) is { } holder)
                throw new ProblemException(VolumeProblems.Used(view.Name, holder));
            if (await RestoreTable.IsBusyAsync(w.Db, volume, ct))
                throw new ProblemException(VolumeProblems.Busy(view.Name, "it is being backed up or restored"));
            await parts.Driver.RemoveVolumeAsync(volume, ct);
            await ObjectLedger.MarkRemovedAsync(w, new OwnedObject("volume", volume), ct);
            w.Record(new("volume.deleted", [env.Id.ToString()], new() { ["volume"] = volume }));
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("volume-delete", "done", [env.Id.ToString()], [("see its backups", $"davit backup list {view.Name}")])
            {
                Details = new JsonObject { ["volume"] = volume },
            }, ct);
            return TypedResults.Ok(new Receipted<VolumeView>(view, receipt));
        }, ct);
    }

    private static async Task<Ok<Receipted<VolumeView>>> SetPolicyAsync([AsParameters] VolumePath path, BackupPolicyView body, Caller caller, Writers write, VolumeReading reading, CancellationToken ct)
    {
        if (body.EverySeconds is < ShortestSeconds || body.ProveSeconds is < ShortestSeconds)
            throw new ProblemException(ApiProblems.BadBody("'everySeconds' and 'proveSeconds' are at least 60"));
        if (body.Keep is < 1 or > MostKept)
            throw new ProblemException(ApiProblems.BadBody($"'keep' is 1 to {MostKept}: a backup that is not kept would be none"));
        var env = EnvEndpoints.Usable(await write.Places.EnvAsync(caller, path.EnvPath, ct));
        var volume = await reading.FindAsync(env, path.Volume, ct);
        var view = await reading.GetAsync(env, volume, ct);
        return await write.WriteAsync(caller, env.Id.ToString(), async w =>
        {
            await BackedVolumes.EnsureAsync(w, env.Id, volume, view.Name, ct);
            await BackedVolumes.SetPolicyAsync(w, env.Id, volume, new(Time(body.EverySeconds), Time(body.ProveSeconds), body.Keep), ct);
            var receipt = await write.Receipts.WriteAsync(w, new ReceiptDraft("backup-policy", "done", [env.Id.ToString()], [("see how backups stand", $"davit volume get {view.Name}")]), ct);
            return TypedResults.Ok(new Receipted<VolumeView>(view with { Policy = body }, receipt));
        }, ct);
    }

    private static TimeSpan? Time(long? seconds) => seconds is { } s ? TimeSpan.FromSeconds(s) : null;

    /// <summary>Who would miss the data: what serves and what is on its way. Anything else that mounts it is known to the driver, which refuses.</summary>
    private static async Task<string?> HolderAsync(Writing writing, EnvRow env, string volume, CancellationToken ct)
    {
        var serving = env.ServingId is { } id ? await DeploymentTable.GetAsync(writing.Db, id, ct) : null;
        if (UserOf(serving?.Wish, volume) is { } service)
            return $"service {service}";
        foreach (var row in await DeploymentTable.UnfinishedAsync(writing.Db, env.Id, ct))
        {
            // Before its release is made nobody knows what it will mount.
            if (row.Wish is null || UserOf(row.Wish, volume) is not null)
                return $"deployment #{row.Number}";
        }

        return null;
    }

    private static string? UserOf(string? wish, string volume) => wish is null ? null : WishJson.Read(wish).Services.FirstOrDefault(s => s.Mounts(volume))?.Name;
}

/// <summary>What looking at volumes needs.</summary>
internal sealed record VolumeParts(VolumeReading Reading, IRuntimeDriver Driver);
