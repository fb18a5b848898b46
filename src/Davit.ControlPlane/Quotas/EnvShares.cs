using Davit.Model;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Quotas;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Quotas;

/// <summary>
/// What an environment takes: of each dimension the most that what serves, or anything on its way, wishes. Both sides of a
/// rollout are not added up.
/// </summary>
internal static class EnvShares
{
    /// <summary>Brings the environment's share up to date with its wishes, in the transaction that changed them.</summary>
    /// <exception cref="ProblemException">DV7301.</exception>
    public static Task SettleAsync(Writing writing, EnvId env, CancellationToken ct) => ChargeAsync(writing, env, isForced: false, ct);

    /// <summary>As <see cref="SettleAsync"/> where nothing can be refused any more.</summary>
    public static Task SettleEndedAsync(Writing writing, EnvId env, CancellationToken ct) => ChargeAsync(writing, env, isForced: true, ct);

    private static async Task ChargeAsync(Writing writing, EnvId env, bool isForced, CancellationToken ct)
    {
        await ShareTable.LockAsync(writing, ct);
        if (await EnvTable.GetAsync(writing.Db, env, ct) is not { } row)
            return;
        var wishes = (await DeploymentTable.UnfinishedAsync(writing.Db, env, ct)).Select(d => d.Wish).OfType<string>().Select(w => WishJson.Read(w).WithScale(row.Scale)).ToList();
        if (row.ServingId is { } id && await DeploymentTable.GetAsync(writing.Db, id, ct) is { Wish: { } serving })
            wishes.Add(row.Stopped ? WishJson.Read(serving).Stopped() : WishJson.Read(serving).WithScale(row.Scale));
        await ShareTable.SetAsync(writing, env, Most(wishes.Select(Of)), isForced, ct);
    }

    public static IReadOnlyDictionary<string, long> Of(Wish wish)
    {
        var running = wish.Services.Where(s => !s.IsJob && s.Static is null).ToList();
        return new Dictionary<string, long>(StringComparer.Ordinal)
        {
            [Quota.Instances] = running.Sum(s => (long)s.Scale),
            [Quota.Cpu] = running.Sum(s => s.Scale * (s.Template.Resources.NanoCpus ?? 0) / 1_000_000),
            [Quota.Memory] = running.Sum(s => s.Scale * (s.Template.Resources.MemoryBytes ?? 0)),
            [Quota.Volumes] = wish.Volumes.Count,
            [Quota.Routes] = wish.Routes.Count,
        };
    }

    private static Dictionary<string, long> Most(IEnumerable<IReadOnlyDictionary<string, long>> all) =>
        all.SelectMany(a => a).GroupBy(a => a.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(a => a.Value), StringComparer.Ordinal);
}
