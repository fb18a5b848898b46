using System.Collections.Concurrent;
using Davit.ControlPlane.Hardening;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;

namespace Davit.ControlPlane.Limits;

/// <param name="Reads">Per token and minute; 0 is no limit.</param>
internal sealed record OrgPolicy(long Reads, long Writes, NetworkList Networks);

/// <summary>What orgs have set about their callers, kept for a moment so that requests do not ask for it one by one.</summary>
internal sealed class OrgPolicies(Database database, Hosting.ServerOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<OrgId, (OrgPolicy Policy, DateTimeOffset Read)> _known = new();

    public async ValueTask<OrgPolicy> OfAsync(OrgId org, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(org, out var known) && now - known.Read < Fresh)
            return known.Policy;
        var policy = Of(await database.ReadAsync(db => OrgLimitTable.GetAsync(db, org, ct), ct));
        _known[org] = (policy, now);
        return policy;
    }

    /// <summary>This process asks again at once, others within seconds.</summary>
    public void Forget(OrgId org) => _known.TryRemove(org, out _);

    private OrgPolicy Of(OrgLimitRow row) => new(row.ReadsPerMinute ?? options.ReadsPerMinute, row.WritesPerMinute ?? options.WritesPerMinute, NetworkList.Parse(row.Networks));
}
