using System.Collections.Concurrent;
using System.Security.Cryptography;
using Davit.ControlPlane.Keys;
using Davit.Model;
using Davit.Store;
using Davit.Store.People;
using Microsoft.IdentityModel.Tokens;

namespace Davit.ControlPlane.Tokens;

/// <summary>
/// The keys that JWTs are signed with: one signs for a month, or until it is replaced; those before it are published until the
/// last JWT that they signed has ended, and for a day at least.
/// </summary>
internal sealed class JwtKeys(Database database, SecretBox box, TimeProvider clock)
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(30);
    private static readonly TimeSpan StaysAfter = TimeSpan.FromHours(24);

    /// <summary>A key of an id never changes. They are few, and live as long as the process.</summary>
    private readonly ConcurrentDictionary<JwtKeyId, ECDsaSecurityKey> _opened = new();
    private readonly ConcurrentDictionary<JwtKeyId, ECDsaSecurityKey> _published = new();

    /// <summary>The key to sign with; it is not retired before the transaction ends.</summary>
    /// <param name="expires">When what it signs ends.</param>
    public async Task<ECDsaSecurityKey> SigningAsync(Writing writing, DateTimeOffset expires, CancellationToken ct)
    {
        var row = await JwtKeyTable.HoldPresentAsync(writing.Db, ct);
        if (row is null || row.CreatedAt < writing.At - Age)
            row = await ReplaceAsync(writing, row, ct);
        await JwtKeyTable.NoteAsync(writing.Db, row.Id, expires, ct);
        return _opened.TryGetValue(row.Id, out var open) ? open : (_opened[row.Id] = await OpenAsync(row, ct));
    }

    /// <returns>The id of the key that signs from now on; null when none has signed anything yet, and none is needed.</returns>
    public Task<JwtKeyId?> RotateAsync(Cause cause, CancellationToken ct) => database.WriteAsync<JwtKeyId?>(cause, async w =>
        await JwtKeyTable.HoldPresentAsync(w.Db, ct) is { } present ? (await ReplaceAsync(w, present, ct)).Id : null, ct);

    /// <returns>Null when there is no such key, or nothing that it signed can be good.</returns>
    public async Task<SecurityKey?> PublicAsync(string? kid, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return Id.TryParse<JwtKeyId>(kid, out var id) && await database.ReadAsync(db => JwtKeyTable.PublicKeyAsync(db, id, now, now - StaysAfter, ct), ct) is { } key ? _published.GetOrAdd(id, Verifying, key) : null;
    }

    /// <returns>Their ids and public keys, the newest first.</returns>
    public async Task<IReadOnlyList<(JwtKeyId Id, ECParameters Key)>> PublishedAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = await database.ReadAsync(db => JwtKeyTable.PublishedAsync(db, now, now - StaysAfter, ct), ct);
        return [.. rows.Select(r => (r.Id, _published.GetOrAdd(r.Id, Verifying, r.PublicKey).ECDsa.ExportParameters(includePrivateParameters: false)))];
    }

    public Task<int> ForgetAsync(CancellationToken ct) => database.ReadAsync(db => JwtKeyTable.ForgetAsync(db, clock.GetUtcNow(), clock.GetUtcNow() - StaysAfter, ct), ct);

    private async Task<JwtKeyRow> ReplaceAsync(Writing writing, JwtKeyRow? former, CancellationToken ct)
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Id.New<JwtKeyId>(clock);
        var row = new JwtKeyRow { Id = id, PublicKey = made.ExportSubjectPublicKeyInfo(), Sealed = await box.SealAsync(About(id), made.ExportPkcs8PrivateKey(), ct), CreatedAt = writing.At };
        if (former is not null)
            await JwtKeyTable.RetireAsync(writing.Db, former.Id, writing.At, ct);
        await JwtKeyTable.InsertAsync(writing.Db, row, ct);
        var stands = (await JwtKeyTable.HoldPresentAsync(writing.Db, ct))!;
        if (stands.Id == id)
            writing.Record(new("jwt-key.created", [id.ToString()], []));
        return stands;
    }

    private async Task<ECDsaSecurityKey> OpenAsync(JwtKeyRow row, CancellationToken ct)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(await box.OpenAsync(About(row.Id), row.Sealed, ct), out _);
        return Keyed(row.Id, key);
    }

    private static ECDsaSecurityKey Verifying(JwtKeyId id, byte[] spki)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(spki, out _);
        return Keyed(id, key);
    }

    /// <summary>The library's own cache of what signs would outlive the key.</summary>
    private static ECDsaSecurityKey Keyed(JwtKeyId id, ECDsa key) => new(key) { KeyId = id.ToString(), CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };

    private static Belongs About(JwtKeyId id) => new(null, "jwt-keys", id.ToString());
}
