using Davit.Model;
using Davit.Store;
using Davit.Store.Events;

namespace Davit.ControlPlane.Audit;

/// <summary>Finds which events an export holds: always a stretch without a gap, so that its chain can be checked.</summary>
internal sealed class AuditStretches(Database database)
{
    /// <exception cref="ProblemException">DV7901 when it begins with what is archived, DV7905 when it cannot be one.</exception>
    public async Task<AuditStretch> FindAsync(OrgId org, ExportQuery query, CancellationToken ct)
    {
        var format = query.Format ?? "jsonl";
        if (format is not ("jsonl" or "csv"))
            throw new ProblemException(AuditProblems.BadFilter($"'format' is 'jsonl' or 'csv', not '{format}'"));
        if (query.After < 0)
            throw new ProblemException(AuditProblems.BadFilter("'after' is the number of an event, from 0"));
        var start = await database.ReadAsync(db => ChainReading.StartAsync(db, org, ct), ct);
        if (query.After is { } given && given < start.Seq)
            throw new ProblemException(await RemovedAsync(org, given, ct));

        var span = await database.ReadAsync(db => AuditReading.SpanAsync(db, org, query.Since, query.Until, ct), ct) ?? (start.Seq + 1, start.Seq);
        var after = Math.Max(Math.Max(query.After ?? 0, start.Seq), span.First - 1);
        var last = Math.Max(Math.Min(query.Last ?? long.MaxValue, span.Last), after);
        var place = after == start.Seq ? start : await database.ReadAsync(db => AuditReading.PlaceAsync(db, org, after, ct), ct);
        return new(org, format, place ?? throw new ProblemException(AuditProblems.BadFilter($"there is no event {after}")), last);
    }

    private async Task<Problem> RemovedAsync(OrgId org, long after, CancellationToken ct)
    {
        var anchors = await database.ReadAsync(db => AnchorTable.ListAsync(db, org, ct), ct);
        var newest = anchors[0];
        return AuditProblems.WasRemoved(newest.Seq, newest.At, anchors.Last(a => a.Seq > after).Archive);
    }
}
