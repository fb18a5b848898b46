using System.Collections.Concurrent;
using System.Security.Cryptography;
using Davit.Model;
using Davit.Store;
using Davit.Store.Configuring;

namespace Davit.ControlPlane.Keys;

/// <summary>A data key in memory.</summary>
/// <param name="Seal">Encrypts.</param>
/// <param name="Name">Makes digests that only whoever has the key can make.</param>
internal sealed record DataKey(DataKeyId Id, byte[] Seal, byte[] Name)
{
    public override string ToString() => Id.ToString();
}

/// <summary>The keys of orgs, made when they are first needed and unwrapped once per process.</summary>
internal sealed class DataKeys(Database database, IMasterKeys masters, TimeProvider clock)
{
    private const int Length = 32;

    private readonly ConcurrentDictionary<DataKeyId, DataKey> _open = new();
    private readonly ConcurrentDictionary<Guid, DataKeyId> _ofOrgs = new();

    /// <param name="org">Null for what belongs to no org alone.</param>
    public async Task<DataKey> OfAsync(OrgId? org, CancellationToken ct)
    {
        var key = org?.Value ?? Guid.Empty;
        if (_ofOrgs.TryGetValue(key, out var known))
            return _open[known];

        var row = await database.ReadAsync(db => DataKeyTable.OfAsync(db, org, ct), ct) ?? await MakeAsync(org, ct);
        var opened = await OpenAsync(row, ct);
        _ofOrgs[key] = row.Id;
        return opened;
    }

    /// <returns>Null when there is no such key, or it is another org's.</returns>
    public async Task<DataKey?> FindAsync(OrgId? org, DataKeyId id, CancellationToken ct)
    {
        var row = await database.ReadAsync(db => DataKeyTable.GetAsync(db, id, ct), ct);
        return row is null || row.OrgId != org ? null : await OpenAsync(row, ct);
    }

    /// <summary>What a wrapped key belongs to: put into another org's row it does not open.</summary>
    public static string About(DataKeyRow row) => $"{row.Id}\0{row.OrgId?.ToString() ?? "-"}";

    private async Task<DataKeyRow> MakeAsync(OrgId? org, CancellationToken ct)
    {
        var row = new DataKeyRow(Id.New<DataKeyId>(clock), org, await masters.PresentAsync(ct), []);
        row = row with { Wrapped = await masters.WrapAsync(row.Master, RandomNumberGenerator.GetBytes(Length), About(row), ct) };
        return await database.ReadAsync(db => DataKeyTable.InsertOrGetAsync(db, row, clock.GetUtcNow(), ct), ct);
    }

    private async Task<DataKey> OpenAsync(DataKeyRow row, CancellationToken ct)
    {
        if (_open.TryGetValue(row.Id, out var open))
            return open;
        var root = await masters.UnwrapAsync(row.Master, row.Wrapped, About(row), ct) ?? throw new ProblemException(SecretProblems.Damaged($"the data key {row.Id}"));
        return _open[row.Id] = new(row.Id, Derive(root, "davit data seal"), Derive(root, "davit data name"));
    }

    private static byte[] Derive(byte[] root, string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, root, Length, info: System.Text.Encoding.UTF8.GetBytes(purpose));
}
