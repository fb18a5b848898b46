using System.Text.Json.Nodes;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Model.Audit;
using Davit.Store;
using Davit.Store.Events;

namespace Davit.ControlPlane.Audit;

/// <summary>
/// Signs where a chain stands. A checkpoint lies in the database and, the newest one of each org, in a file beside it: what is
/// cut off in the database is missed against the file.
/// </summary>
internal sealed class Checkpoints(Database database, SigningKey key, ServerOptions options, TimeProvider clock)
{
    public const int Stretch = 1000;
    public static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(60);

    private const int Most = 5000;
    private const string Kind = "audit-checkpoint";

    /// <summary>Signs every chain that has gone on for a stretch, or at all since the rhythm before.</summary>
    public async Task SignDueAsync(TimeSpan rhythm, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var (org, head) in await database.ReadAsync(db => CheckpointTable.DueAsync(db, Stretch, now - rhythm, ct), ct))
            await SignAsync(org, head, now, ct);
    }

    /// <summary>What is vouched for: genuine checkpoints, and the number of the first one that is not.</summary>
    public async Task<(IReadOnlyList<ChainPlace> Places, long? Forged)> ReadAsync(OrgId org, CancellationToken ct)
    {
        var rows = await database.ReadAsync(db => CheckpointTable.SampleAsync(db, org, Stretch, Most, ct), ct);
        var (places, forged) = (new List<ChainPlace>(), (long?)null);
        foreach (var row in rows)
        {
            if (Read(row.Body, org) is { } place && place == row.Place)
                places.Add(place);
            else
                forged = Math.Min(forged ?? long.MaxValue, row.Seq);
        }

        if (File.Exists(FileOf(org)))
        {
            if (Read(await File.ReadAllTextAsync(FileOf(org), ct), org) is { } outside)
                places.Add(outside);
            else
                forged ??= 0;
        }

        return (places, forged);
    }

    public string FileOf(OrgId org) => Path.Combine(options.AuditFiles, $"{org}.checkpoint.json");

    private async Task SignAsync(OrgId org, ChainPlace head, DateTimeOffset now, CancellationToken ct)
    {
        var body = key.Seal(Statement(Kind, org, head, now)).ToJsonString();
        await database.ReadAsync(db => CheckpointTable.InsertAsync(db, new CheckpointRow(org, head.Seq, head.Hash, now, body), ct), ct);
        Directory.CreateDirectory(options.AuditFiles, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var beside = $"{FileOf(org)}.{Guid.CreateVersion7(now):N}";
        await File.WriteAllTextAsync(beside, body, ct);
        File.Move(beside, FileOf(org), overwrite: true);
    }

    public static JsonObject Statement(string kind, OrgId org, ChainPlace place, DateTimeOffset at) => new()
    {
        ["kind"] = kind, ["org"] = org.ToString(), ["seq"] = place.Seq, ["hash"] = place.Hash, ["at"] = at.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <returns>Null when it is not a checkpoint of this org with a genuine signature.</returns>
    private ChainPlace? Read(string body, OrgId org)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject statement && key.HasSealed(statement) && (string?)statement["kind"] == Kind && (string?)statement["org"] == org.ToString()
                ? new((long)statement["seq"]!, (string)statement["hash"]!)
                : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
