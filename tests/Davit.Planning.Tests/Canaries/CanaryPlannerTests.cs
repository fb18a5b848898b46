using System.Collections.Immutable;
using Davit.Model;
using Davit.Planning.Canaries;
using Davit.Planning.Previews;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using static Davit.Planning.Tests.Rollouts.Given;

namespace Davit.Planning.Tests.Canaries;

/// <summary>What is done while old and new release serve side by side, and while an old one stays warm.</summary>
public sealed class CanaryPlannerTests
{
    private static readonly Wish Before = Wish(Old, Service("db", "d"), Web("a"));
    private static readonly Wish After = Wish(New, Service("db", "d"), Web("b")) with { Takeover = Crowd.Wish };

    private static readonly Sight Both = World(Ready("db-1", "db", "d"), Ready("old-1", "web", "a"), Ready("new-1", "web", "b")).ServedBy(Before);

    [Fact]
    public void Only_a_share_goes_to_the_new_release_and_the_table_is_the_old_one_otherwise()
    {
        var act = RolloutPlanner.Decide(Rollout(After, Before), Both, Now).ShouldBeOfType<Plan.Act>();

        act.Phase.ShouldBe(Phase.Switching);
        var slice = act.Now.ShouldHaveSingleItem().ShouldBeOfType<Step.Switch>().To;
        (slice.Release, slice.Percent).ShouldBe((Old.ToString(), 5));
        slice.Instances.ShouldBe(["old-1", "new-1"]);
    }

    [Theory]
    [InlineData(1, 25)]
    [InlineData(3, 100)]
    public void Each_step_has_its_share_and_old_instances_stay_to_the_last(int step, int percent)
    {
        var plan = RolloutPlanner.Decide(Rollout(After, Before, Facts.None with { Canary = CanaryFact.Begin with { Step = step } }), Both, Now).ShouldBeOfType<Plan.Act>();

        plan.Phase.ShouldBe(Phase.Verifying);
        var slice = plan.Now.ShouldHaveSingleItem().ShouldBeOfType<Step.Switch>().To;
        (slice.Percent, slice.Instances.Contains("old-1")).ShouldBe((percent, true));
    }

    [Fact]
    public void It_waits_while_the_share_is_served_however_long()
    {
        var fact = CanaryFact.Begin.Served(Now).Pause("paused by somebody");
        var served = Both with { Edge = new EdgeSeen(Slice.Split(Before, After, 5, "", Both).Hash) };

        var wait = RolloutPlanner.Decide(Rollout(After, Before, Facts.None with { Canary = fact }), served, Now + TimeSpan.FromDays(3)).ShouldBeOfType<Plan.Wait>();
        (wait.Phase, wait.For).ShouldBe((Phase.Verifying, "step 1 of 4, 5 % of clients, paused: paused by somebody"));
    }

    [Fact]
    public void Promoted_means_all_of_it_and_aborted_means_none()
    {
        RolloutPlanner.Decide(Rollout(After, Before, Facts.None with { Canary = CanaryFact.Begin.Promote("") }), Both, Now)
            .Steps.ShouldHaveSingleItem().ShouldBeOfType<Step.Switch>().To.ShouldBe(Slice.Of(After, Both));
        RolloutPlanner.Decide(Rollout(After, Before, Facts.None with { Canary = CanaryFact.Begin.Abort("it is slower") }), Both, Now)
            .ShouldBeOfType<Plan.GiveUp>().Why.ShouldBeOfType<Failure.CanaryWorse>().Why.ShouldBe("it is slower");
    }

    [Fact]
    public void What_serves_the_others_is_started_again_meanwhile()
    {
        var world = World(Ready("db-1", "db", "d"), Ready("new-1", "web", "b"), Seen("old-1", "web", "a", new InstanceCondition.Ended(1, false, Now - TimeSpan.FromMinutes(1), "")));

        RolloutPlanner.Decide(Rollout(After, Before, Facts.None with { Canary = CanaryFact.Begin.Served(Now) }), world, Now).Steps.ShouldBe([new Step.Revive("old-1", 1)]);
    }

    [Fact]
    public void What_was_stopped_to_make_room_stays_stopped()
    {
        var wanted = After with { Services = [Service("db", "e") with { StopFirstReason = "single-writer-volume" }, Web("b")] };
        var world = World(
            Seen("db-1", "db", "d", new InstanceCondition.Ended(0, false, Now - TimeSpan.FromMinutes(1), "")), Ready("db-2", "db", "e"), Ready("old-1", "web", "a"), Ready("new-1", "web", "b"));

        RolloutPlanner.Decide(Rollout(wanted, Before, Facts.None with { Canary = CanaryFact.Begin.Served(Now) }), world, Now).Steps.ShouldHaveSingleItem().ShouldBeOfType<Step.Switch>();
    }

    [Fact]
    public void Nothing_is_split_where_nothing_serves_nothing_differs_or_both_cannot_run_side_by_side()
    {
        CanaryPlanner.Of(Rollout(After, Before)).ShouldNotBeNull();
        CanaryPlanner.Of(Rollout(After)).ShouldBeNull();
        CanaryPlanner.Of(Rollout(After, After)).ShouldBeNull();
        var stopFirst = After with { Services = [.. After.Services.Select(s => s with { StopFirstReason = "asked-for" })] };
        CanaryPlanner.Of(Rollout(stopFirst, Before)).ShouldBeNull();
    }

    [Fact]
    public void The_plan_shows_every_step()
    {
        var world = World(Ready("db-1", "db", "d"), Ready("old-1", "web", "a")).ServedBy(Before);

        Preview.Of(Rollout(After, Before), world).Steps.OfType<Step.Switch>().Select(s => s.To.Percent).ShouldBe([5, 25, 50, 100, null]);
    }

    [Fact]
    public void The_takeover_of_a_wish_is_stored_with_it()
    {
        WishJson.Read(WishJson.Write(After)).Takeover.ShouldBe(After.Takeover);
        WishJson.Write(Before).ShouldNotContain("takeover");
    }

    [Fact]
    public void The_release_before_stays_up_as_long_as_it_is_warm_unless_it_ended()
    {
        var world = (Both with { Networks = ["old-net"] }).ServedBy(After);
        var wanted = After with { Networks = [] };

        Keep(world, Before).ShouldBeOfType<Plan.Settled>();
        Keep(world, null).Steps.ShouldBe([new Step.Retire("old-1")]);
        var ended = world with { Instances = [.. world.Instances.Select(i => i.Name is "old-1" ? i with { Condition = new InstanceCondition.Ended(1, false, Now, "") } : i)] };
        Keep(ended, Before).Steps.ShouldBe([new Step.Retire("old-1")]);

        Plan Keep(Sight have, Wish? warm) => SteadyPlanner.Decide(wanted, ImmutableDictionary<string, int>.Empty, have, Now, warm);
    }
}
