using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Davit.Model;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Resources;
using Davit.Wire;

namespace Davit.ControlPlane.Logs;

/// <summary>Which lines are wanted.</summary>
/// <param name="Services">Empty is all.</param>
/// <param name="Pattern">Linear-time regular expression, or null for every line.</param>
/// <param name="Tail">Only the last n before following.</param>
internal sealed record LogWish(IReadOnlyList<string> Services, Regex? Pattern, int? Tail)
{
    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    public string? Instance { get; init; }

    public bool Follow { get; init; }

    public bool Wants(LogRecord record) =>
        (Since is not { } since || record.At >= since) && (Until is not { } until || record.At <= until) && (Pattern is null || Pattern.IsMatch(record.Text));
}

/// <summary>Reads kept lines of an environment across instances and releases, merged by time, and follows new ones.</summary>
internal sealed class LogReading(LogStore store, Database database, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async IAsyncEnumerable<LogLineView> ReadAsync(EnvRow env, LogWish wish, [EnumeratorCancellation] CancellationToken ct)
    {
        // Per instance, the cursor of the last line that was looked at.
        var seen = new Dictionary<InstanceId, string>();
        var first = await CollectAsync(env, wish, seen, ct);
        foreach (var line in wish.Tail is { } tail ? first.TakeLast(tail) : first)
            yield return line;

        while (wish.Follow)
        {
            await Task.Delay(Pause, clock, ct);
            foreach (var line in await CollectAsync(env, wish, seen, ct))
                yield return line;
        }
    }

    public async IAsyncEnumerable<LogLineView> OfDeploymentAsync(EnvId env, DeploymentId deployment, bool follow, Func<bool> isOver, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var record in store.OfDeployment(env, deployment).ReadAsync(follow, isOver, clock, ct))
            yield return new(record.At, "davit", deployment.ToString(), record.Stream, record.Text, record.Cursor);
    }

    private async Task<List<LogLineView>> CollectAsync(EnvRow env, LogWish wish, Dictionary<InstanceId, string> seen, CancellationToken ct)
    {
        var instances = await database.ReadAsync(db => InstanceLedger.AllAsync(db, env.Id, ct), ct);
        var lines = new List<LogLineView>();
        foreach (var row in instances.Where(r => IsWanted(r, wish)))
        {
            foreach (var record in await NewAsync(store.OfInstance(env.Id, row.Id), seen.GetValueOrDefault(row.Id), ct))
            {
                seen[row.Id] = record.Cursor;
                if (wish.Wants(record))
                    lines.Add(new(record.At, row.Service, row.Name, record.Stream, record.Text, $"{row.Id}:{record.Cursor}"));
            }
        }

        return [.. lines.OrderBy(l => l.At).ThenBy(l => l.Instance, StringComparer.Ordinal)];
    }

    /// <summary>The lines behind the cursor; all of them when its line has been let go with the older half of the file.</summary>
    private async Task<List<LogRecord>> NewAsync(LogFile file, string? after, CancellationToken ct)
    {
        var records = new List<LogRecord>();
        await foreach (var record in file.ReadAsync(follow: false, () => true, clock, ct))
        {
            records.Add(record);
            if (record.Cursor == after)
                records.Clear();
        }

        return records;
    }

    private static bool IsWanted(InstanceRow row, LogWish wish) =>
        (wish.Services.Count is 0 || wish.Services.Contains(row.Service, StringComparer.Ordinal))
        && (wish.Instance is null || row.Name == wish.Instance || row.Id.ToString() == wish.Instance || row.Id.ToString().EndsWith(wish.Instance, StringComparison.Ordinal));
}
