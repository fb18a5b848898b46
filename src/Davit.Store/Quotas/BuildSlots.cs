using Dapper;
using Davit.Model;
using Davit.Store.Leases;
using Npgsql;

namespace Davit.Store.Quotas;

/// <summary>How many releases of an org are made at once. Nothing is refused: what is too much waits.</summary>
public static class BuildSlots
{
    /// <summary>Asked in the transaction that takes the lease of a making: until its end nobody else of the org asks.</summary>
    internal static async Task<bool> IsFreeAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) =>
        await QuotaTable.LockAsync(db, org, [Quota.Builds], ct) is [{ Max: { } most }] ? await TakenAsync(db, org, ct) < most : true;

    internal static Task<long> TakenAsync(NpgsqlConnection db, OrgId org, CancellationToken ct) => db.ExecuteScalarAsync<long>(new CommandDefinition(
        $"""
        select count(*) from leases join deployments d on leases.name = 'make/dep_' || replace(d.id::text, '-', '')
        where d.org_id = @org and not d.is_final and not {LeaseTable.IsFree}
        """, new { org, LeaseTable.LockClass }, cancellationToken: ct));
}
