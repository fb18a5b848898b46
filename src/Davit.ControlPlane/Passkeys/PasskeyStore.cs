using Davit.Model;
using Davit.Store;
using Davit.Store.People;
using Microsoft.AspNetCore.Identity;

namespace Davit.ControlPlane.Passkeys;

/// <summary>
/// Accounts and their passkeys, as the framework's handler reads them. It only reads: what is written goes with its events and
/// its receipt through <see cref="PasskeyDoor"/> and <see cref="PasskeyEndpoints"/>.
/// </summary>
internal sealed class PasskeyStore(Database database) : IUserPasskeyStore<UserRow>
{
    public async Task<UserRow?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Id.TryParse<UserId>(userId, out var id) ? await database.ReadAsync(db => UserTable.GetAsync(db, id, cancellationToken), cancellationToken) : null;

    public async Task<UserRow?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => await database.ReadAsync(async db =>
        await PasskeyTable.FindAsync(db, credentialId, cancellationToken) is { } passkey ? await UserTable.GetAsync(db, passkey.UserId, cancellationToken) : null, cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(UserRow user, byte[] credentialId, CancellationToken cancellationToken) =>
        await database.ReadAsync(db => PasskeyTable.FindAsync(db, credentialId, cancellationToken), cancellationToken) is { } row && row.UserId == user.Id ? Info(row) : null;

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(UserRow user, CancellationToken cancellationToken) =>
        [.. (await database.ReadAsync(db => PasskeyTable.ListAsync(db, user.Id, cancellationToken), cancellationToken)).Select(Info)];

    public Task<string> GetUserIdAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<string?> GetNormalizedUserNameAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(UserTable.Key(user.Email));

    public Task<UserRow?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        database.ReadAsync(db => UserTable.FindAsync(db, normalizedUserName, cancellationToken), cancellationToken);

    public Task AddOrUpdatePasskeyAsync(UserRow user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task RemovePasskeyAsync(UserRow user, byte[] credentialId, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task SetUserNameAsync(UserRow user, string? userName, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task SetNormalizedUserNameAsync(UserRow user, string? normalizedName, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task<IdentityResult> CreateAsync(UserRow user, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task<IdentityResult> UpdateAsync(UserRow user, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task<IdentityResult> DeleteAsync(UserRow user, CancellationToken cancellationToken) => throw ReadsOnly();

    public void Dispose()
    {
        // Connections belong to the database.
    }

    /// <summary>What of a new passkey is kept.</summary>
    public static PasskeyCredential Kept(UserPasskeyInfo made) => new()
    {
        PublicKey = made.PublicKey, SignCount = made.SignCount, Transports = made.Transports ?? [], IsUserVerified = made.IsUserVerified, IsBackupEligible = made.IsBackupEligible, IsBackedUp = made.IsBackedUp,
        AttestationObject = made.AttestationObject, ClientData = made.ClientDataJson,
    };

    private static UserPasskeyInfo Info(PasskeyRow row) => new(
        row.CredentialId, row.Credential.PublicKey, row.CreatedAt, row.Credential.SignCount, row.Credential.Transports, row.Credential.IsUserVerified, row.Credential.IsBackupEligible, row.Credential.IsBackedUp,
        row.Credential.AttestationObject, row.Credential.ClientData) { Name = row.Name };

    private static NotSupportedException ReadsOnly() => new("the framework reads accounts, it does not write them");
}
