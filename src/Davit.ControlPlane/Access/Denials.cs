using Davit.Model;
using Davit.Store;
using Davit.Store.Events;

namespace Davit.ControlPlane.Access;

/// <summary>What was refused, and to whom.</summary>
/// <param name="Answer">The status, 403 or 404.</param>
internal sealed record Denial(OrgId Org, string Actor, string RequestId, string Address, string Permission, string Resource, int Answer);

/// <summary>Records refused attempts in the org's log.</summary>
internal sealed class Denials(Database database)
{
    public Task RecordAsync(Denial denial, CancellationToken ct) => database.WriteAsync(
        new Cause(denial.Org, denial.Actor, denial.RequestId, denial.RequestId) { Address = denial.Address },
        w =>
        {
            w.Record(new EventDraft("access.denied", [denial.Actor], new() { ["permission"] = denial.Permission, ["resource"] = denial.Resource, ["address"] = denial.Address, ["answer"] = denial.Answer }));
            return Task.CompletedTask;
        }, ct);
}
