using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Tokens;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;
using Davit.Store.Leases;
using Davit.Store.People;

namespace Davit.ControlPlane.Access;

/// <summary>Forgets the answers of idempotency keys that nobody repeats any more, effects that nobody asks about, and what was kept of sign-ins.</summary>
internal sealed class KeyUpkeep(Database database, JwtKeys jwtKeys, TimeProvider clock, ILogger<KeyUpkeep> log) : LastingService(clock, log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, Clock);
        do
        {
            try
            {
                await database.ReadAsync(db => IdempotencyKeys.ForgetAsync(db, Clock.GetUtcNow() - Kept, stoppingToken), stoppingToken);
                await database.ReadAsync(db => EffectTable.ForgetAsync(db, Clock.GetUtcNow() - Kept, stoppingToken), stoppingToken);
                await jwtKeys.ForgetAsync(stoppingToken);
                await database.ReadAsync(db => SignInTable.ForgetAsync(db, Clock.GetUtcNow() - Kept, stoppingToken), stoppingToken);
            }
            catch (ProblemException)
            {
                // Without its database davitd has other worries; the next hour will do.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
