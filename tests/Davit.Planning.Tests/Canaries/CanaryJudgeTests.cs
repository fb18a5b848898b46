using Davit.Planning.Canaries;

namespace Davit.Planning.Tests.Canaries;

/// <summary>How often and how soon the verdict is right, over seeded runs.</summary>
public sealed class CanaryJudgeTests
{
    private const int Runs = 2000;

    /// <param name="errors">Of 1,000 requests to either release.</param>
    /// <param name="trouble">Of 1,000 more, in the second quarter of the time.</param>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 0)]
    [InlineData(50, 0)]
    [InlineData(10, 200)]
    public void Releases_that_are_alike_are_told_apart_in_less_than_one_of_a_hundred_runs(int errors, int trouble)
    {
        var aborted = Run(Runs, i => new Crowd($"alike-{errors}-{trouble}-{i}", new(errors), new(errors)) { Trouble = look => look is >= 8 and < 14 ? trouble : 0 })
            .Count(f => f.State is not CanaryState.Promoted);

        TestContext.Current.SendDiagnosticMessage($"{aborted} of {Runs} aborted");
        aborted.ShouldBeLessThan(Runs / 100);
    }

    [Theory]
    [InlineData(200, 500)]
    [InlineData(50, 3000)]
    public void A_release_that_fails_is_aborted_within_so_many_requests(int errors, int within)
    {
        foreach (var fact in Run(200, i => new Crowd($"erring-{errors}-{i}", new(0), new(errors)) { AtOnce = 200 }))
        {
            fact.State.ShouldBe(CanaryState.Aborted);
            fact.Reason.ShouldBe("it fails more often");
            fact.Total.New.Requests.ShouldBeLessThanOrEqualTo(within, fact.Total.New.ToString());
        }
    }

    [Fact]
    public void A_release_that_is_100_ms_slower_is_aborted()
    {
        foreach (var fact in Run(200, i => new Crowd($"slow-{i}", new(0), new(0, 100)) { AtOnce = 200 }))
        {
            (fact.State, fact.Reason).ShouldBe((CanaryState.Aborted, "it is slower"));
            fact.Total.New.Requests.ShouldBeLessThanOrEqualTo(3000);
        }
    }

    [Fact]
    public void One_burst_of_slow_answers_decides_nothing_and_slow_ones_again_and_again_do()
    {
        var now = DateTimeOffset.UnixEpoch;
        var counted = Timed(1_000, 0, 1_000, 0);
        var fact = CanaryJudge.Look(Crowd.Wish, CanaryFact.Begin.Served(now), counted, now);

        var states = Enumerable.Range(0, 3).Select(_ => (fact = CanaryJudge.Look(Crowd.Wish, fact, counted = counted.Plus(Timed(200, 0, 200, 60)), now)).State).ToArray();

        states.ShouldBe([CanaryState.Running, CanaryState.Running, CanaryState.Aborted]);
        fact.Reason.ShouldBe("it is slower");
    }

    [Fact]
    public void A_release_that_turns_bad_late_is_not_excused_by_its_past()
    {
        var (fact, now) = (CanaryFact.Begin.Served(DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch);
        var counted = Counts(100_000, 5_000, 5_000, 250);
        fact = CanaryJudge.Look(Crowd.Wish, fact, counted, now += TimeSpan.FromMinutes(5));
        fact.Step.ShouldBe(1);

        counted = counted.Plus(Counts(300, 15, 100, 60));
        CanaryJudge.Look(Crowd.Wish, fact.Served(now), counted, now + TimeSpan.FromSeconds(5)).State.ShouldBe(CanaryState.Aborted);
    }

    [Fact]
    public void Too_little_traffic_pauses_and_resuming_gives_the_step_its_time_again()
    {
        var (start, minute) = (DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(1));
        var counted = Counts(3_000, 0, 199, 0);
        var early = CanaryJudge.Look(Crowd.Wish, CanaryFact.Begin.Served(start), counted, start + (4 * minute));
        early.State.ShouldBe(CanaryState.Running);

        var paused = CanaryJudge.Look(Crowd.Wish, early, counted, start + (5 * minute));
        (paused.State, paused.Reason, paused.Step).ShouldBe((CanaryState.Paused, "too-little-traffic", 0));
        CanaryJudge.Look(Crowd.Wish, paused, counted, start + (60 * minute)).State.ShouldBe(CanaryState.Paused);

        var resumed = paused.Resume(start + (60 * minute));
        CanaryJudge.Look(Crowd.Wish, resumed, counted.Plus(Counts(10, 0, 1, 0)), start + (64 * minute)).Step.ShouldBe(0);
        CanaryJudge.Look(Crowd.Wish, resumed, counted.Plus(Counts(10, 0, 1, 0)), start + (65 * minute)).Step.ShouldBe(1);
    }

    [Fact]
    public void A_clock_that_is_set_back_gives_the_step_its_time_again()
    {
        var (start, minute) = (DateTimeOffset.UnixEpoch.AddYears(1), TimeSpan.FromMinutes(1));
        var counted = Counts(3_000, 0, 300, 0);
        var back = CanaryJudge.Look(Crowd.Wish, CanaryFact.Begin.Served(start), counted, start.AddDays(-1));

        (back.Step, back.Since).ShouldBe((0, start.AddDays(-1)));
        CanaryJudge.Look(Crowd.Wish, back, counted, start.AddDays(-1) + (4 * minute)).Step.ShouldBe(0);
        CanaryJudge.Look(Crowd.Wish, back, counted, start.AddDays(-1) + (5 * minute)).Step.ShouldBe(1);
    }

    [Fact]
    public void A_paused_canary_is_still_aborted_when_it_fails()
    {
        var paused = CanaryFact.Begin.Served(DateTimeOffset.UnixEpoch).Pause("asked for");
        CanaryJudge.Look(Crowd.Wish, paused, Counts(1_000, 0, 100, 30), DateTimeOffset.UnixEpoch).State.ShouldBe(CanaryState.Aborted);
    }

    [Fact]
    public void Counters_that_begin_anew_lose_nothing()
    {
        var now = DateTimeOffset.UnixEpoch;
        var fact = CanaryJudge.Look(Crowd.Wish, CanaryFact.Begin.Served(now), Counts(1_000, 1, 100, 0), now);
        fact = CanaryJudge.Look(Crowd.Wish, fact, Counts(10, 0, 5, 0), now);
        (fact.Total.Old.Requests, fact.Total.New.Requests, fact.Total.Old.Errors).ShouldBe((1_010, 105, 1));
    }

    [Fact]
    public void Without_both_sides_there_is_nothing_to_compare() =>
        SequentialTest.Look(SequentialTest.Begin, (0, 0), (50, 50)).ShouldBe(SequentialTest.Begin);

    [Fact]
    public void The_p95_is_told_to_the_end_of_its_bucket()
    {
        var counts = new SideCounts(100, 0, [.. Enumerable.Range(0, 64).Select(n => n switch { 8 => 94L, 20 => 5L, 40 => 1L, _ => 0L })]);
        (counts.P95, counts.SlowerThan(32), counts.SlowerThan(31)).ShouldBe((32, 1, 1));
        counts.SlowerThan(26).ShouldBe(6);
        SideCounts.None.P95.ShouldBe(0);
    }

    private static SplitCounts Counts(long old, long oldErrors, long fresh, long freshErrors) => new(new(old, oldErrors, []), new(fresh, freshErrors, []));

    /// <summary>Answers of some 8 ms, and slow ones of a second.</summary>
    private static SplitCounts Timed(long old, long oldSlow, long fresh, long freshSlow)
    {
        return new(Side(old, oldSlow), Side(fresh, freshSlow));

        static SideCounts Side(long all, long slow) => new(all, 0, [.. Enumerable.Range(0, 64).Select(n => n switch { 12 => all - slow, 40 => slow, _ => 0L })]);
    }

    private static CanaryFact[] Run(int times, Func<int, Crowd> crowd) => [.. Enumerable.Range(0, times).AsParallel().WithDegreeOfParallelism(2).Select(i => crowd(i).Run())];
}
