using Davit.ControlPlane.Hosting;
using Davit.Model;
using Davit.Store;
using Davit.Store.Configuring;

namespace Davit.ControlPlane.Keys;

/// <summary>
/// Makes a new master key and wraps every data key with it, in batches that each are one transaction. Whoever is cut off goes
/// on where it stopped; servers go on reading, because they hold opened keys and find new files when they need them.
/// </summary>
internal sealed class KeyRotation(ServerOptions options, Database database, IMasterKeys masters, TimeProvider clock)
{
    private const int Batch = 500;

    /// <returns>The id of the new key, or of the one that an earlier rotation made and did not end with.</returns>
    public async Task<string> BeginAsync(CancellationToken ct)
    {
        var known = await masters.KnownAsync(ct);
        var used = await database.ReadAsync(db => DataKeyTable.MastersAsync(db, ct), ct);
        var isUnfinished = known.Count > 1 && used.Keys.Any(k => k != known[^1]);
        if (!isUnfinished)
            MasterKeyFile.Make(options.Keys, MasterKeyFile.ReadAll(options.Keys) is [.., var last] ? last.Number + 1 : 1);
        return (await masters.KnownAsync(ct))[^1];
    }

    /// <returns>How many were wrapped anew; 0 when none is left.</returns>
    public async Task<int> RewrapAsync(string present, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var rows = await DataKeyTable.LockOthersAsync(connection, present, Batch, ct);
        foreach (var row in rows)
        {
            var key = await masters.UnwrapAsync(row.Master, row.Wrapped, DataKeys.About(row), ct) ?? throw new ProblemException(SecretProblems.Damaged($"the data key {row.Id}"));
            await DataKeyTable.RewrapAsync(connection, row with { Master = present, Wrapped = await masters.WrapAsync(present, key, DataKeys.About(row), ct) }, clock.GetUtcNow(), ct);
        }

        await transaction.CommitAsync(ct);
        return rows.Count;
    }
}
