using Davit.ControlPlane.Hosting;
using Davit.Model;
using Davit.Store;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Orgs;

/// <summary>Takes what is left of orgs away that nobody can bring back any more. Their logs and receipts stay.</summary>
internal sealed class OrgUpkeep(Database database, TimeProvider clock, ILogger<OrgUpkeep> log) : LastingService(clock, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    public async Task EraseAsync(CancellationToken ct)
    {
        foreach (var org in await database.ReadAsync(db => OrgTable.LapsedAsync(db, Clock.GetUtcNow() - OrgLifeEndpoints.Undo, ct), ct))
            await database.WriteAsync(new Cause(org.Id, "davitd", "org-upkeep", org.Id.ToString()), w => OrgTable.EraseAsync(w, org, ct), ct);
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, Clock);
        do
        {
            try
            {
                await EraseAsync(stoppingToken);
            }
            catch (ProblemException)
            {
                // Without its database davitd has other worries; the next hour will do.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
