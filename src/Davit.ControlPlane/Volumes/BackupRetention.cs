using Davit.ControlPlane.Leases;
using Davit.Model;
using Davit.Store;
using Davit.Store.Leases;
using Davit.Store.Volumes;

namespace Davit.ControlPlane.Volumes;

/// <summary>
/// Lets backups go: first the index, then the row, then the chunks that no index in the target names any more. So whatever is
/// cut off, every index that is left is whole.
/// </summary>
internal sealed partial class BackupRetention(BackupParts parts, ILogger<BackupRetention> log)
{
    public async Task ExpireAsync(BackedVolumeRow volume, IReadOnlyList<BackupRow> expired, Holding held, CancellationToken ct)
    {
        var place = parts.Place(volume.Volume);
        foreach (var row in expired)
        {
            await parts.Gate.DoAsync(held, new Effect(row.EnvId, null, "expire-backup", row.Id.ToString()), () => parts.Target.DeleteAsync(place.Index(row.Id), ct), ct);
            await parts.Gate.WriteAsync(held, new Cause(row.OrgId, "davitd", $"retention-{Id.Tail(row.Id)}", row.Id.ToString()), "backup.expired", w => BackupTable.ForgetAsync(w, row, ct), ct);
        }

        await parts.Gate.DoAsync(held, new Effect(volume.EnvId, null, "sweep-chunks", volume.Volume), () => SweepAsync(place, ct), ct);
        await parts.Gate.Database.ReadAsync(db => BackedVolumes.ForgetAsync(db, volume.Volume, ct), ct);
    }

    /// <summary>Goes by what lies in the target, not by what the database knows: it may have been restored from an older state. An index that cannot be read may need anything.</summary>
    private async Task SweepAsync(BackupPlace place, CancellationToken ct)
    {
        var reading = parts.Reading(place.Volume);
        var there = await parts.Target.ListAsync(place.Chunks, ct);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in (await parts.Target.ListAsync(place.Indexes, ct)).Keys)
        {
            try
            {
                needed.UnionWith((await reading.IndexAsync(Id.Parse<BackupId>(name), ct)).Files.SelectMany(f => f.Chunks));
            }
            catch (ProblemException e) when (!VolumeProblems.IsOfTarget(e.Problem))
            {
                LogNotSwept(place.Volume, e.Problem.Detail);
                return;
            }
        }

        foreach (var chunk in there.Keys.Where(c => !needed.Contains(c)))
            await parts.Target.DeleteAsync(place.Chunk(chunk), ct);
    }

    [LoggerMessage(EventId = 6003, Level = LogLevel.Warning, Message = "chunks of {Volume} are not swept: {Why}")]
    private partial void LogNotSwept(string volume, string why);
}
