using Davit.ControlPlane.Hosting;
using Davit.Store;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Orgs;

/// <summary>Takes what is left of orgs away that nobody can bring back any more. Their logs and receipts stay.</summary>
internal sealed class OrgUpkeep(Database database, TimeProvider clock, ILogger<OrgUpkeep> log) : RecurringService(TimeSpan.FromHours(1), clock, log)
{
    public async Task EraseAsync(CancellationToken ct)
    {
        foreach (var org in await database.ReadAsync(db => OrgTable.LapsedAsync(db, Clock.GetUtcNow() - OrgLifeEndpoints.Undo, ct), ct))
            await database.WriteAsync(new Cause(org.Id, "davitd", "org-upkeep", org.Id.ToString()), w => OrgTable.EraseAsync(w, org, ct), ct);
    }

    protected override Task TurnAsync(CancellationToken ct) => EraseAsync(ct);
}
