using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
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

    private const int MostKinds = 20_000;
    private const int MostOfOneOrg = 5000;
    private const int LongestText = 200;
    private const string Many = "(many)";

    private readonly Lock _counting = new();
    private readonly SemaphoreSlim _flushing = new(1);
    private readonly Dictionary<Kind, Count> _open = [];
    private readonly Dictionary<OrgId, int> _perOrg = [];

    /// <summary>Returns when the attempt is in the log, or counted for the event that ends the minute.</summary>
    /// <exception cref="ProblemException">DV4101: what cannot be recorded is for the caller to refuse otherwise.</exception>
    public Task RecordAsync(OrgId org, string actor, string permission, string resource, string address, CancellationToken ct) =>
        RecordAsync(new Denial(org, actor, Id.New<RequestId>(clock).ToString(), address, permission, resource, StatusCodes.Status403Forbidden), ct);

    /// <inheritdoc cref="RecordAsync(OrgId, string, string, string, string, CancellationToken)"/>
    public async Task RecordAsync(Denial denial, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (Counted(new Kind(denial.Org, Cut(denial.Actor), Cut(denial.Permission), Cut(denial.Resource), Cut(denial.Address), denial.Answer), now) is not { } first)
            return;
        try
        {
            await WriteAsync(first, denial.RequestId, new Count(now, now, 1), ct);
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
            foreach (var (kind, count) in Ended(now))
            {
                if (count.More > 0)
                    await WriteAsync(kind, Id.New<RequestId>(clock).ToString(), count, ct);
                Settle(kind, count);
            }
        }
        finally
        {
            _flushing.Release();
        }
    }

    public void Dispose() => _flushing.Dispose();

    /// <returns>The denial when it is the first of its kind; null when it was only counted.</returns>
    private Kind? Counted(Kind kind, DateTimeOffset now)
    {
        lock (_counting)
        {
            if (_open.TryGetValue(kind, out var count))
            {
                _open[kind] = count with { More = count.More + 1, Until = now };
                return null;
            }

            var ofOrg = _perOrg.GetValueOrDefault(kind.Org);
            if (ofOrg >= mostOfOneOrg || _open.Count >= MostKinds)
            {
                var all = new Kind(kind.Org, Many, Many, Many, Many, 0);
                var before = _open.GetValueOrDefault(all) ?? new Count(now, now, 0);
                _open[all] = before with { More = before.More + 1, Until = now };
                return null;
            }

            _open[kind] = new Count(now, now, 0);
            _perOrg[kind.Org] = ofOrg + 1;
            return kind;
        }
    }

    private List<(Kind Kind, Count Count)> Ended(DateTimeOffset now)
    {
        lock (_counting)
            return [.. _open.Where(o => now - o.Value.Since >= Window).Select(o => (o.Key, o.Value))];
    }

    /// <summary>What came while the event was being written begins the next window.</summary>
    private void Settle(Kind kind, Count written)
    {
        lock (_counting)
        {
            if (_open[kind] is var now && now.More > written.More)
                _open[kind] = now with { Since = written.Until, More = now.More - written.More };
            else if (_open.Remove(kind) && kind.Actor is not Many && _perOrg[kind.Org]-- is 1)
                _perOrg.Remove(kind.Org);
        }
    }

    private Task WriteAsync(Kind kind, string requestId, Count count, CancellationToken ct)
    {
        var cause = new Cause(kind.Org, kind.Actor, requestId, requestId) { Address = kind.Address is Many ? "" : kind.Address };
        var payload = new JsonObject
        {
            ["permission"] = kind.Permission, ["resource"] = kind.Resource, ["answer"] = kind.Answer, ["count"] = count.More, ["since"] = Text(count.Since), ["until"] = Text(count.Until),
        };
        return database.WriteAsync(cause, w =>
        {
            w.Record(new(Type, [kind.Resource, kind.Actor], payload) { Decision = "denied" });
            return Task.CompletedTask;
        }, ct);
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];

    private sealed record Kind(OrgId Org, string Actor, string Permission, string Resource, string Address, int Answer);

    /// <param name="More">How many, without the one that was written at once.</param>
    private sealed record Count(DateTimeOffset Since, DateTimeOffset Until, long More);
}
