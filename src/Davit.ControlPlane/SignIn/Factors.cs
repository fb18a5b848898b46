using Davit.Model;
using Davit.Store;
using Davit.Store.People;

namespace Davit.ControlPlane.SignIn;

/// <summary>The second factors of accounts.</summary>
internal sealed class Factors(Database database, AccountKey key, TimeProvider clock)
{
    /// <summary>Takes a code of the authenticator or a recovery code, once.</summary>
    public async Task<bool> SpendAsync(UserRow user, string code, CancellationToken ct)
    {
        if (user is { TotpConfirmed: true, Totp: { } made } && TimeCodes.StepOf(Open(user.Id, made), code, clock.GetUtcNow()) is { } step)
            return await database.ReadAsync(db => UserTable.SpendStepAsync(db, user.Id, step, ct), ct);
        return await database.ReadAsync(db => UserTable.SpendRecoveryCodeAsync(db, user.Id, TimeCodes.Hash(code), clock.GetUtcNow(), ct), ct);
    }

    public byte[] Seal(UserId user, byte[] seed) => key.Seal(seed, $"totp {user}");

    public byte[] Open(UserId user, byte[] made) => key.Open(made, $"totp {user}");
}
