using System.Text.Json.Nodes;
using Davit.Model;
using Davit.Store;

namespace Davit.ControlPlane.Audit;

/// <summary>
/// Writes refused attempts into the org's log. The first of its kind is written at once, and the refusal waits for it; equal
/// ones within the next minute are counted and become one event with their number. What is counted is bounded: beyond that,
/// attempts are counted per org without telling them apart.
/// </summary>
internal sealed class DenialFolding(Database database, TimeProvider clock, int mostOfOneOrg = DenialFolding.MostOfOneOrg) : IDisposable
{
    public const string Type = "access.denied";
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int MostKinds = 10_000;
    private const int MostOfOneOrg = 1000;
    private const int LongestText = 200;
    private const string Many = "(many)";

    private readonly Lock _counting = new();
    private readonly SemaphoreSlim _flushing = new(1);
    private readonly Dictionary<Denial, Count> _open = [];
    private readonly Dictionary<OrgId, int> _perOrg = [];

    /// <summary>Returns when the attempt is in the log, or counted for the event that ends the minute.</summary>
    /// <exception cref="ProblemException">DV4101: what cannot be recorded is for the caller to refuse otherwise.</exception>
    public async Task RecordAsync(OrgId org, string actor, string permission, string resource, string address, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (Counted(new Denial(org, Cut(actor), Cut(permission), Cut(resource), Cut(address)), now) is not { } first)
            return;
        try
        {
            await WriteAsync(first, 1, now, now, ct);
        }
        catch
        {
            // It is not lost: the next flush tries it again.
            Counted(first, now);
            throw;
        }
    }

    /// <summary>Ends the windows that began a minute before this instant, and writes what was counted in them.</summary>
    public async Task FlushAsync(DateTimeOffset now, CancellationToken ct)
    {
        await _flushing.WaitAsync(ct);
        try
        {
            foreach (var (denial, count) in Ended(now))
            {
                if (count.More > 0)
                    await WriteAsync(denial, count.More, count.Since, count.Until, ct);
                Settle(denial, count);
            }
        }
        finally
        {
            _flushing.Release();
        }
    }

    public void Dispose() => _flushing.Dispose();

    /// <returns>The denial when it is the first of its kind; null when it was only counted.</returns>
    private Denial? Counted(Denial denial, DateTimeOffset now)
    {
        lock (_counting)
        {
            if (_open.TryGetValue(denial, out var count))
            {
                _open[denial] = count with { More = count.More + 1, Until = now };
                return null;
            }

            var ofOrg = _perOrg.GetValueOrDefault(denial.Org);
            if (ofOrg >= mostOfOneOrg || _open.Count >= MostKinds)
            {
                var all = new Denial(denial.Org, Many, Many, Many, Many);
                var before = _open.GetValueOrDefault(all) ?? new Count(now, now, 0);
                _open[all] = before with { More = before.More + 1, Until = now };
                return null;
            }

            _open[denial] = new Count(now, now, 0);
            _perOrg[denial.Org] = ofOrg + 1;
            return denial;
        }
    }

    private List<(Denial Denial, Count Count)> Ended(DateTimeOffset now)
    {
        lock (_counting)
            return [.. _open.Where(o => now - o.Value.Since >= Window).Select(o => (o.Key, o.Value))];
    }

    /// <summary>What came while the event was being written begins the next window.</summary>
    private void Settle(Denial denial, Count written)
    {
        lock (_counting)
        {
            if (_open[denial] is var now && now.More > written.More)
                _open[denial] = now with { Since = written.Until, More = now.More - written.More };
            else if (_open.Remove(denial) && denial.Actor is not Many && _perOrg[denial.Org]-- is 1)
                _perOrg.Remove(denial.Org);
        }
    }

    private Task WriteAsync(Denial denial, long count, DateTimeOffset since, DateTimeOffset until, CancellationToken ct)
    {
        var cause = new Cause(denial.Org, denial.Actor, Id.New<RequestId>(clock).ToString(), denial.Resource) { Address = denial.Address is Many ? "" : denial.Address };
        return database.WriteAsync(cause, w =>
        {
            w.Record(new(Type, [denial.Resource], new JsonObject { ["permission"] = denial.Permission, ["count"] = count, ["since"] = Text(since), ["until"] = Text(until) }) { Decision = "denied" });
            return Task.CompletedTask;
        }, ct);
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];

    private sealed record Denial(OrgId Org, string Actor, string Permission, string Resource, string Address);

    /// <param name="More">How many came after the one that was written at once.</param>
    private sealed record Count(DateTimeOffset Since, DateTimeOffset Until, long More);
}
