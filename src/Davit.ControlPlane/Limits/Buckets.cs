using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Davit.ControlPlane.Limits;

/// <param name="Name">Which limit it is, as callers are told.</param>
/// <param name="Owner">Whose it is: a digest of a token, an org, a network.</param>
internal readonly record struct BucketKey(string Name, string Owner);

/// <summary>What one request took, and what is left.</summary>
/// <param name="Limit">Per minute.</param>
/// <param name="Reset">Seconds until the bucket is full again.</param>
/// <param name="RetryAfter">Seconds until there is one more; 0 when the request got through.</param>
internal readonly record struct Taken(string Name, long Limit, long Remaining, int Reset, int RetryAfter)
{
    public bool IsRefused => RetryAfter > 0;

    public bool IsTighterThan(Taken other) => other.Limit is 0 || (double)Remaining / Limit < (double)other.Remaining / other.Limit;
}

/// <summary>
/// Token buckets by owner. There are never more than a fixed number: when there would be, those that are full again are let
/// go, and if all are in use, the newcomers of one name share one bucket.
/// </summary>
internal sealed class Buckets(int most = Buckets.Most)
{
    public const int Most = 20_000;

    private const string Crowd = "(crowd)";

    private readonly ConcurrentDictionary<BucketKey, Bucket> _all = new();
    private readonly Lock _clearing = new();

    public int Count => _all.Count;

    /// <param name="perMinute">Changes when somebody changes the limit; the bucket then begins anew.</param>
    public Taken Take(BucketKey key, long perMinute)
    {
        var bucket = Find(key, perMinute);
        bucket.Limiter.TryReplenish();
        using var lease = bucket.Limiter.AttemptAcquire();
        var left = bucket.Left;
        var perSecond = Math.Max(perMinute / 60.0, 1e-9);
        return new(key.Name, perMinute, left, Seconds((perMinute - left) / perSecond), lease.IsAcquired ? 0 : Math.Max(1, Seconds(1 / perSecond)));
    }

    /// <summary>As <see cref="Take"/>, when the owner has a bucket; nothing is made for one who has none.</summary>
    public Taken? TakeKnown(BucketKey key) => _all.TryGetValue(key, out var bucket) ? Take(key, bucket.PerMinute) : null;

    public bool Has(BucketKey key, long perMinute) => _all.TryGetValue(key, out var bucket) && bucket.PerMinute == perMinute;

    /// <summary>Somebody changed limits: everybody begins anew.</summary>
    public void Clear() => _all.Clear();

    public void Drop(BucketKey key) => _all.TryRemove(key, out _);

    private Bucket Find(BucketKey key, long perMinute)
    {
        if (_all.TryGetValue(key, out var known) && known.PerMinute == perMinute)
            return known;
        if (known is null && _all.Count >= most && !MakeRoom())
            key = key with { Owner = Crowd };
        return _all.AddOrUpdate(key, _ => new Bucket(perMinute), (_, old) => old.PerMinute == perMinute ? old : new Bucket(perMinute));
    }

    /// <returns>Whether there is room now.</returns>
    private bool MakeRoom()
    {
        if (!_clearing.TryEnter())
            return false;
        try
        {
            foreach (var (key, bucket) in _all)
            {
                bucket.Limiter.TryReplenish();
                if (bucket.Left >= bucket.PerMinute)
                    _all.TryRemove(key, out _);
            }

            return _all.Count < most;
        }
        finally
        {
            _clearing.Exit();
        }
    }

    private static int Seconds(double seconds) => (int)Math.Min(Math.Ceiling(seconds), int.MaxValue);

    /// <summary>Filled by the tenth of a second as time goes by; no timer runs for it.</summary>
    private sealed class Bucket(long perMinute)
    {
        public long PerMinute { get; } = perMinute;

        public long Left => Limiter.GetStatistics()?.CurrentAvailablePermits ?? 0;

        public TokenBucketRateLimiter Limiter { get; } = new(new TokenBucketRateLimiterOptions
        {
            TokenLimit = (int)Math.Min(perMinute, int.MaxValue),
            TokensPerPeriod = AtOnce(perMinute),
            ReplenishmentPeriod = TimeSpan.FromSeconds(60.0 * AtOnce(perMinute) / perMinute),
            AutoReplenishment = false,
            QueueLimit = 0,
        });

        private static int AtOnce(long perMinute) => (int)Math.Clamp((perMinute + 599) / 600, 1, int.MaxValue);
    }
}
