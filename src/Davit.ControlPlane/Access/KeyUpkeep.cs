using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Tokens;
using Davit.Store;
using Davit.Store.Access;
using Davit.Store.Leases;
using Davit.Store.People;

namespace Davit.ControlPlane.Access;

/// <summary>Forgets the answers of idempotency keys that nobody repeats any more, effects that nobody asks about, and what was kept of sign-ins.</summary>
internal sealed class KeyUpkeep(Database database, JwtKeys jwtKeys, TimeProvider clock, ILogger<KeyUpkeep> log) : RecurringService(TimeSpan.FromHours(1), clock, log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    protected override async Task TurnAsync(CancellationToken ct)
    {
        await database.ReadAsync(db => IdempotencyKeys.ForgetAsync(db, Clock.GetUtcNow() - Kept, ct), ct);
        await database.ReadAsync(db => EffectTable.ForgetAsync(db, Clock.GetUtcNow() - Kept, ct), ct);
        await jwtKeys.ForgetAsync(ct);
        await database.ReadAsync(db => SignInTable.ForgetAsync(db, Clock.GetUtcNow() - Kept, ct), ct);
    }
}
