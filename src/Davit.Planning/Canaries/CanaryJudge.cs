using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;

namespace Davit.Planning.Canaries;

/// <summary>
/// Decides what a canary does next by what the edge has counted: both sides over the same time, so that whatever troubles
/// both troubles neither. Pure.
/// </summary>
public static class CanaryJudge
{
    /// <summary>Fewer requests to the new release than this say too little to go on.</summary>
    public const int Enough = 200;

    public const string TooLittleTraffic = "too-little-traffic";

    /// <summary>How often at most a canary is aborted although both releases are alike, over all its looks, steps and tests.</summary>
    private const double Alpha = 0.005;

    private const int Tests = 2;

    /// <summary>From so many answers of the old side on its p95 means something.</summary>
    private const int Measured = 100;

    /// <summary>The first answers of a program that was just started are slow.</summary>
    private const int WarmUp = 50;

    /// <summary>Nobody minds so many milliseconds more, and programs that answer within a few differ by as much for no reason.</summary>
    private const double Tolerance = 25;

    /// <summary>Slow answers come in bursts, when a machine stalls for a moment: it takes at least so many looks to call a release slower.</summary>
    private const int LooksUntilSlower = 3;

    /// <param name="counted">What the edge's counters say now.</param>
    public static CanaryFact Look(TakeoverWish.Canary wish, CanaryFact fact, SplitCounts counted, DateTimeOffset now)
    {
        if (fact is not { State: CanaryState.Running or CanaryState.Paused, Since: { } since })
            return fact;

        var (before, fresh) = (fact.Total, counted.Since(fact.Seen));
        var next = fact with
        {
            Seen = counted,
            Total = before.Plus(fresh),
            Errors = SequentialTest.Look(fact.Errors, (fresh.Old.Errors, fresh.Old.Requests), (fresh.New.Errors, fresh.New.Requests)),
        };

        // The bar is set by what was counted before, never by what is held against it.
        if (before.Old.Timed >= Measured && before.New.Timed >= WarmUp)
        {
            var bar = before.Old.P95 + Tolerance;
            var most = -Math.Log(AlphaOf(wish)) / LooksUntilSlower;
            next = next with { Slow = SequentialTest.Look(fact.Slow, (fresh.Old.SlowerThan(bar), fresh.Old.Timed), (fresh.New.SlowerThan(bar), fresh.New.Timed), most) };
        }

        return Judge(wish, next, since, now);
    }

    private static double AlphaOf(TakeoverWish.Canary wish) => Alpha / (Tests * wish.Steps.Count);

    private static CanaryFact Judge(TakeoverWish.Canary wish, CanaryFact fact, DateTimeOffset since, DateTimeOffset now)
    {
        var alpha = AlphaOf(wish);
        if (SequentialTest.IsMoreOften(fact.Errors, alpha))
            return fact.Abort("it fails more often");

        if (SequentialTest.IsMoreOften(fact.Slow, alpha))
            return fact.Abort("it is slower");

        if (fact.State is CanaryState.Paused)
            return fact;

        // The clock was set back: the step is neither cut short nor drawn out by as much.
        if (since.IsAhead(now))
            return fact with { Since = now };

        if (now - since < wish.Steps[fact.Step].For)
            return fact;

        return fact.Total.New.Requests < Enough ? fact.Pause(TooLittleTraffic) : fact.Next(wish);
    }
}
