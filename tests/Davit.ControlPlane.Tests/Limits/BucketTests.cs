using Davit.ControlPlane.Limits;

namespace Davit.ControlPlane.Tests.Limits;

public sealed class BucketTests
{
    [Fact]
    public void The_request_after_the_last_one_is_refused_with_what_is_left_and_when_to_come_again()
    {
        var buckets = new Buckets();
        var key = new BucketKey("token-reads", "a");
        var taken = Enumerable.Range(0, 100).Select(_ => buckets.Take(key, 100)).ToList();

        taken.ShouldAllBe(t => !t.IsRefused && t.Limit == 100);
        taken[0].Remaining.ShouldBe(99);
        taken[^1].Remaining.ShouldBe(0);
        var refused = buckets.Take(key, 100);
        (refused.IsRefused, refused.RetryAfter, refused.Reset).ShouldBe((true, 1, 60));
    }

    [Fact]
    public void Buckets_of_different_owners_and_names_do_not_know_each_other()
    {
        var buckets = new Buckets();
        buckets.Take(new("token-reads", "a"), 1);

        buckets.Take(new("token-reads", "a"), 1).IsRefused.ShouldBeTrue();
        buckets.Take(new("token-reads", "b"), 1).IsRefused.ShouldBeFalse();
        buckets.Take(new("token-writes", "a"), 1).IsRefused.ShouldBeFalse();
    }

    [Theory]
    [InlineData(60_000, 50, 200)]
    [InlineData(1_000, 1, 30)]
    public async Task A_bucket_fills_at_its_own_pace(long perMinute, int least, int most)
    {
        var buckets = new Buckets();
        var key = new BucketKey("token-reads", "a");
        for (var i = 0; i < perMinute; i++)
            buckets.Take(key, perMinute);
        var before = buckets.Take(key, perMinute).Remaining;
        await Task.Delay(TimeSpan.FromMilliseconds(130), TimeProvider.System, TestContext.Current.CancellationToken);

        // A machine under load may sleep for longer than it was told to.
        (buckets.Take(key, perMinute).Remaining - before).ShouldBeInRange(least - 1, most * 20);
    }

    [Fact]
    public void A_flood_of_owners_takes_no_more_than_so_many_buckets_and_shares_one_beyond()
    {
        var buckets = new Buckets(most: 100);
        for (var i = 0; i < 5_000; i++)
            buckets.Take(new("network", $"10.{i / 250}.{i % 250}.0"), 1);

        buckets.Count.ShouldBeLessThanOrEqualTo(101);
        buckets.Take(new("network", "203.0.113.0"), 1).IsRefused.ShouldBeTrue("the crowd shares one bucket");
        buckets.Take(new("network", "10.0.0.0"), 1).IsRefused.ShouldBeTrue("who had one keeps it");
    }

    [Fact]
    public void Full_buckets_make_room()
    {
        var buckets = new Buckets(most: 100);
        for (var i = 0; i < 100; i++)
            buckets.Take(new("network", $"{i}"), 60_000_000);
        Thread.MemoryBarrier();
        SpinWait.SpinUntil(() => !buckets.Take(new("network", "x"), 1).IsRefused && buckets.Has(new("network", "x"), 1), TimeSpan.FromSeconds(5)).ShouldBeTrue();
    }
}
