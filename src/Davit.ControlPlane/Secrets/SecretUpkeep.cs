using Davit.ControlPlane.Hosting;
using Davit.Store;
using Davit.Store.Configuring;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Secrets;

/// <summary>Forgets versions of secrets that nothing can be brought back to.</summary>
internal sealed class SecretUpkeep(Database database, TimeProvider clock, ILogger<SecretUpkeep> log) : RecurringService(TimeSpan.FromHours(6), clock, log)
{
    /// <summary>A deployment that is being made may be about to name a version that was set before it began.</summary>
    private static readonly TimeSpan Spared = TimeSpan.FromDays(1);

    public async Task PruneAsync(CancellationToken ct)
    {
        foreach (var org in await database.ReadAsync(db => OrgTable.AllAsync(db, ct), ct))
            await database.WriteAsync(new Cause(org, "davitd", "secret-upkeep", org.ToString()), w => SecretTable.PruneAsync(w, Clock.GetUtcNow() - Spared, ct), ct);
    }

    protected override Task TurnAsync(CancellationToken ct) => PruneAsync(ct);
}
