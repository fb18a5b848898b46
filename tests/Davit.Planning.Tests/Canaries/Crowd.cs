using Davit.Planning.Canaries;
using Davit.Planning.Wishes;
using Davit.Testing;

namespace Davit.Planning.Tests.Canaries;

/// <summary>How one release answers: how often of 1,000 with an error, and how long it takes.</summary>
internal sealed record Behaviour(int ErrorsPerMille, int Added = 0)
{
    /// <summary>Most answers take some 20 ms, a few take long.</summary>
    public int LatencyOf(Dice dice) => Added + (dice.Next(100) switch { < 3 => 300 + dice.Next(500), < 20 => 30 + dice.Next(40), _ => 8 + dice.Next(16) });
}

/// <summary>Clients of both releases, from a seed: a canary is looked at again and again until it ends.</summary>
internal sealed class Crowd(string seed, Behaviour old, Behaviour fresh)
{
    private static readonly int[] Buckets = [.. Enumerable.Range(0, 2000).Select(ms => ms <= 1 ? 0 : (int)Math.Ceiling(4 * Math.Log2(ms)))];

    public static readonly TakeoverWish.Canary Wish = new([.. new[] { 5, 25, 50, 100 }.Select(p => new CanaryStep(p, TimeSpan.FromMinutes(5)))], "");

    private readonly Dice _dice = new(seed);

    /// <summary>Requests between two looks.</summary>
    public int AtOnce { get; init; } = 400;

    /// <summary>Looks of each step.</summary>
    public int Looks { get; init; } = 8;

    /// <summary>Of 1,000 requests to either release that fail in addition, look by look; a database that both use has trouble.</summary>
    public Func<int, int> Trouble { get; init; } = _ => 0;

    /// <returns>The canary as it ended; one that paused for lack of traffic was resumed.</returns>
    public CanaryFact Run()
    {
        var (fact, counted, now) = (CanaryFact.Begin, SplitCounts.None, DateTimeOffset.UnixEpoch);
        for (var look = 0; fact.State is CanaryState.Running or CanaryState.Paused; look++)
        {
            fact = (fact.State is CanaryState.Paused ? fact.Resume(now) : fact).Served(now);
            now += Wish.Steps[fact.Step].For / Looks;
            counted = counted.Plus(Requests(Wish.Steps[fact.Step].Percent, Trouble(look)));
            fact = CanaryJudge.Look(Wish, fact, counted, now);
        }

        return fact;
    }

    private SplitCounts Requests(int percent, int trouble)
    {
        (long Requests, long Errors, long[] Latency)[] sides = [(0, 0, new long[64]), (0, 0, new long[64])];
        for (var i = 0; i < AtOnce; i++)
        {
            var isNew = _dice.Next(100) < percent;
            ref var side = ref sides[isNew ? 1 : 0];
            var behaviour = isNew ? fresh : old;
            side.Requests++;
            side.Errors += _dice.Next(1000) < behaviour.ErrorsPerMille + trouble ? 1 : 0;
            side.Latency[Buckets[behaviour.LatencyOf(_dice)]]++;
        }

        return new SplitCounts(Of(sides[0]), Of(sides[1]));

        static SideCounts Of((long Requests, long Errors, long[] Latency) side) => new(side.Requests, side.Errors, [.. side.Latency]);
    }
}
