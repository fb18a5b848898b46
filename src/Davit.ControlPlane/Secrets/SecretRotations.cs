using Davit.ControlPlane.Hosting;
using Davit.Store;
using Davit.Store.Configuring;

namespace Davit.ControlPlane.Secrets;

/// <summary>
/// Ends the older versions of secrets whose window is over, as soon as nothing runs with them: what runs must be able to start
/// again. Until then the secret shows what is in the way.
/// </summary>
internal sealed class SecretRotations(Database database, SecretUses uses, TimeProvider clock, ILogger<SecretRotations> log) : RecurringService(TimeSpan.FromSeconds(30), clock, log)
{
    public async Task EndDueAsync(CancellationToken ct)
    {
        foreach (var due in (await database.ReadAsync(db => SecretRotationTable.DueAsync(db, Clock.GetUtcNow(), ct), ct)).GroupBy(r => r.OrgId))
        {
            var used = await uses.OfOrgAsync(due.Key, ct);
            foreach (var rotation in due.Where(r => used[r.SecretId].All(u => u.Version >= r.Version)))
                await database.WriteAsync(new Cause(due.Key, "davitd", "secret-rotations", rotation.SecretId.ToString()), w => SecretRotationTable.EndAsync(w, rotation, ct), ct);
        }
    }

    protected override Task TurnAsync(CancellationToken ct) => EndDueAsync(ct);
}
