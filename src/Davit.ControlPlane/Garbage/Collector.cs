using System.Globalization;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Planning.Garbage;
using Davit.Store;
using Davit.Store.Events;
using Davit.Store.Ledger;

namespace Davit.ControlPlane.Garbage;

/// <summary>What a collection did.</summary>
/// <param name="Gone">What was removed.</param>
/// <param name="Left">What was to go and stayed after all, and why.</param>
internal sealed record Collected(IReadOnlyList<Going> Gone, IReadOnlyList<Kept> Left);

/// <summary>
/// Looks, plans, removes. A plan is only a list of candidates: before each handful is removed, their locks are taken and the
/// planner is asked again with what the store says then. So a deployment that began after the plan keeps what it needs (see
/// <see cref="ArtefactHolds"/>), and what a rehearsal prints is what the run does when nothing else happens.
/// </summary>
internal sealed partial class Collector(Database database, GarbageLook look, Removal removal, ReceiptWriter receipts, TimeProvider clock, ILogger<Collector> log)
{
    /// <summary>Few, because a deployment may wait for their locks.</summary>
    private const int AtOnce = 8;

    // Any number, the same in every davitd: two collections at once would only get in each other's way.
    private const long LockKey = 0x44_56_47_43;

    /// <summary>What a run would do now.</summary>
    public async Task<GarbagePlan> PlanAsync(CancellationToken ct)
    {
        var sight = await look.LookAsync(ct);
        return GarbagePlanner.Decide(await database.ReadAsync(db => GarbageReading.ReadAsync(db, clock.GetUtcNow(), ct), ct), sight);
    }

    /// <summary>Collects, and writes down a receipt when anything went.</summary>
    /// <param name="home">Whose events tell of what belongs to nobody alone.</param>
    /// <exception cref="ProblemException">DV4204 when another collection runs.</exception>
    public async Task<(Collected Done, JsonObject? Receipt)> RunAsync(Cause home, CancellationToken ct)
    {
        await using var turn = await AdvisoryTurn.TakeAsync(database, LockKey, ct) ?? throw new ProblemException(ServerProblems.CollectionRuns());
        var sight = await look.LookAsync(ct);
        var candidates = GarbagePlanner.Decide(await database.ReadAsync(db => GarbageReading.ReadAsync(db, clock.GetUtcNow(), ct), ct), sight).Going;
        var gone = new List<Going>();
        var left = new List<Kept>();

        // Releases first: what only they referred to becomes garbage with them, and is planned anew.
        await RemoveAllAsync([.. candidates.Where(c => c.Kind is ThingKind.Release)], sight, home, (gone, left), ct);
        if (gone.Count > 0)
            candidates = GarbagePlanner.Decide(await database.ReadAsync(db => GarbageReading.ReadAsync(db, clock.GetUtcNow(), ct), ct), sight).Going;
        await RemoveAllAsync([.. candidates.Where(c => c.Kind is not ThingKind.Release)], sight, home, (gone, left), ct);
        await database.ReadAsync(db => ArtefactHolds.ForgetAsync(db, ct), ct);

        var done = new Collected(gone, left);
        return (done, gone.Count is 0 ? null : await ReceiptAsync(done, home, ct));
    }

    private async Task RemoveAllAsync(IReadOnlyList<Going> candidates, GarbageSight sight, Cause home, (List<Going> Gone, List<Kept> Left) into, CancellationToken ct)
    {
        foreach (var batch in candidates.GroupBy(c => (c.Kind, Org: c.Org ?? home.Org)).SelectMany(g => g.Chunk(AtOnce)))
        {
            var cause = home with { Org = batch[0].Org ?? home.Org };
            var (gone, left) = await database.WriteAsync(cause, w => RemoveAsync(w, batch, sight, ct), ct);
            into.Gone.AddRange(gone);
            into.Left.AddRange(left);
        }
    }

    private async Task<(List<Going> Gone, List<Kept> Left)> RemoveAsync(Writing writing, Going[] batch, GarbageSight sight, CancellationToken ct)
    {
        await Removal.LockAsync(writing, batch, ct);
        var still = GarbagePlanner.Decide(await GarbageReading.ReadAsync(writing.Db, clock.GetUtcNow(), ct), sight).Going.ToDictionary(g => (g.Kind, g.Name));
        var (gone, left) = (new List<Going>(), new List<Kept>());
        foreach (var item in batch)
        {
            if (!still.TryGetValue((item.Kind, item.Name), out var now) || now.References != item.References)
                left.Add(new(item.Kind, item.Name, "something came to need it meanwhile", item.Bytes) { Org = item.Org });
            else if (await TryAsync(writing, now, ct) is { } why)
                left.Add(new(item.Kind, item.Name, why, item.Bytes) { Org = item.Org });
            else
                gone.Add(now);
        }

        return (gone, left);
    }

    /// <returns>Why it stays after all; null when it is gone.</returns>
    private async Task<string?> TryAsync(Writing writing, Going item, CancellationToken ct)
    {
        try
        {
            await removal.RemoveAsync(writing, item, ct);
        }
        catch (ProblemException e)
        {
            return $"{e.Problem.Code} {e.Problem.Detail}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogStuck(e, item.Kind, item.Name);
            return e.Message;
        }

        writing.Record(new EventDraft("garbage.removed", [item.Name], new JsonObject { ["kind"] = KindText.Of(item.Kind), ["why"] = item.Why, ["bytes"] = item.Bytes }));
        LogRemoved(item.Kind, item.Name, item.Why, item.Bytes);
        return null;
    }

    private Task<JsonObject> ReceiptAsync(Collected done, Cause home, CancellationToken ct) => database.WriteAsync(home, w => receipts.WriteAsync(w, new ReceiptDraft(
        "garbage-collection", "done", [home.Org.ToString()], [("see what stays", "davit gc --kept")])
    {
        Details = new JsonObject
        {
            ["bytes"] = done.Gone.Sum(g => g.Bytes),
            ["removed"] = new JsonArray([.. done.Gone.CountBy(g => g.Kind).Select(c => JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{c.Value} {KindText.Of(c.Key)}")))]),
            ["left"] = done.Left.Count,
        },
    }, ct), ct);

    [LoggerMessage(EventId = 7101, Level = LogLevel.Information, Message = "removed {Kind} {Name}: {Why} ({Bytes} bytes)")]
    private partial void LogRemoved(ThingKind kind, string name, string why, long bytes);

    [LoggerMessage(EventId = 7102, Level = LogLevel.Warning, Message = "{Kind} {Name} could not be removed")]
    private partial void LogStuck(Exception e, ThingKind kind, string name);
}

internal static class KindText
{
    public static string Of(ThingKind kind) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
