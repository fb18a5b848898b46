using System.Collections.Immutable;
using Davit.Manifest;
using Davit.Planning.Rollouts;
using static Davit.Planning.Tests.Rollouts.Given;

namespace Davit.Planning.Tests.Rollouts;

public sealed class SteadyPlannerTests
{
    private static readonly ImmutableDictionary<string, int> NoOrdinals = ImmutableDictionary<string, int>.Empty;

    [Fact]
    public void As_wished_means_nothing_to_do()
    {
        var wish = Wish(Old, Web("a"));

        SteadyPlanner.Decide(wish, NoOrdinals, World(Ready("web-1", "web", "a")).ServedBy(wish), Now).ShouldBeOfType<Plan.Settled>();
    }

    [Fact]
    public void An_old_instance_goes_only_when_nothing_is_in_flight_on_it()
    {
        var wish = Wish(New, Web("b"));
        var world = World(Ready("old-1", "web", "a"), Ready("new-1", "web", "b")).ServedBy(wish);

        SteadyPlanner.Decide(wish, NoOrdinals, world with { Edge = world.Edge with { Draining = ["old-1"] } }, Now).ShouldBeOfType<Plan.Wait>();
        SteadyPlanner.Decide(wish, NoOrdinals, world, Now).Steps.ShouldBe([new Step.Retire("old-1")]);
    }

    [Fact]
    public void While_an_instance_is_being_taken_away_what_is_missing_is_started_unless_both_would_need_the_same_thing()
    {
        var wish = Wish(Old, Web("a", 2));
        var world = World(Ready("web-1", "web", "a"), Ready("web-2", "web", "")) with { Leaving = ["web-2"] };
        SteadyPlanner.Decide(wish, NoOrdinals.Add("web", 2), world.ServedBy(wish), Now).Steps.ShouldBe([new Step.Start("web", InstanceName.Of(wish, "web", 3), 3)]);

        var single = Wish(Old, Service("db", "d", ServiceKind.Stateful) with { StopFirstReason = "single-writer-volume" });
        var leaving = World(Ready("db-1", "db", "")) with { Leaving = ["db-1"] };
        SteadyPlanner.Decide(single, NoOrdinals.Add("db", 1), leaving, Now).ShouldBeOfType<Plan.Wait>();
        SteadyPlanner.Decide(single, NoOrdinals.Add("db", 1), World() with { Leaving = ["db-1"] }, Now).Steps.ShouldBe([new Step.Start("db", InstanceName.Of(single, "db", 2), 2)]);
    }

    [Fact]
    public void Nothing_that_runs_is_taken_away_while_the_edge_does_not_answer()
    {
        var wish = Wish(New, Web("b"));
        var world = World(Ready("old-1", "web", "a"), Ready("new-1", "web", "b")) with { Edge = new EdgeSeen("") { IsReachable = false } };

        SteadyPlanner.Decide(wish, NoOrdinals, world, Now).Steps.ShouldBeEmpty();
    }

    [Fact]
    public void A_missing_instance_is_started_under_a_fresh_name()
    {
        var wish = Wish(Old, Web("a", 2));
        var world = World(Ready("web-1", "web", "a")).ServedBy(wish);

        SteadyPlanner.Decide(wish, NoOrdinals.Add("web", 7), world, Now).Steps.ShouldBe([new Step.Start("web", InstanceName.Of(wish, "web", 8), 8)]);
    }

    [Fact]
    public void A_stopped_instance_is_started_again_unless_it_is_a_job_that_ended_well()
    {
        var wish = Wish(Old, Service("worker", "w"), Service("seed", "j", ServiceKind.Job));
        var world = World(
            Seen("worker-1", "worker", "w", new InstanceCondition.Ended(0, false, Now - TimeSpan.FromSeconds(5), "")),
            Seen("seed-1", "seed", "j", new InstanceCondition.Ended(0, false, Now - TimeSpan.FromSeconds(5), "")));

        SteadyPlanner.Decide(wish, NoOrdinals, world, Now).Steps.ShouldBe([new Step.Revive("worker-1", 1)]);
    }

    [Fact]
    public void Of_too_many_the_failed_go_first_then_the_unready_then_the_oldest()
    {
        var wish = Wish(Old, Service("worker", "w", scale: 1));
        var world = World(
            Ready("worker-1", "worker", "w"), Ready("worker-2", "worker", "w"),
            Seen("worker-3", "worker", "w", new InstanceCondition.Unready(Now, "")),
            Seen("worker-4", "worker", "w", new InstanceCondition.Ended(1, false, Now, "")));

        SteadyPlanner.Decide(wish, NoOrdinals, world, Now).Steps.ShouldBe([new Step.Retire("worker-4"), new Step.Retire("worker-3"), new Step.Retire("worker-1")], ignoreOrder: true);
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(5, 2)]
    [InlineData(1, 4)]
    [InlineData(2, 0)]
    public void Scaling_a_routed_service_comes_to_rest(int from, int to)
    {
        var wish = Wish(Old, Web("a", from));
        var world = World([.. Enumerable.Range(1, from).Select(n => Ready($"web-{n}", "web", "a"))]).ServedBy(wish);
        var wanted = wish.WithScale(new Dictionary<string, int> { ["web"] = to });

        var steps = Davit.Planning.Previews.Simulation.Play(new Rollout(wanted, wish, Facts.None, NoOrdinals.Add("web", from)), world);

        steps.OfType<Step.Start>().Count().ShouldBe(Math.Max(0, to - from));
        steps.OfType<Step.Retire>().Count().ShouldBe(Math.Max(0, from - to));
    }

    [Fact]
    public void A_table_that_differs_from_the_wish_is_repaired()
    {
        var wish = Wish(Old, Web("a"));

        SteadyPlanner.Decide(wish, NoOrdinals, World(Ready("web-1", "web", "a")), Now).Steps.ShouldHaveSingleItem().ShouldBeOfType<Step.Switch>();
    }

    [Fact]
    public void A_table_is_never_emptied_because_nothing_is_ready_for_a_moment()
    {
        var wish = Wish(Old, Web("a"));
        var world = World(Seen("web-1", "web", "a", new InstanceCondition.Unready(Now, "")))
            with { Edge = new EdgeSeen("former") { Routed = ["web-1"] } };

        SteadyPlanner.Decide(wish, NoOrdinals, world, Now).ShouldBeOfType<Plan.Wait>();
    }

    [Fact]
    public void An_environment_without_a_wish_lets_go_of_everything()
    {
        var world = World(Ready("web-1", "web", "a")) with { Networks = ["n"] };

        SteadyPlanner.Decide(Wish(default), NoOrdinals, world, Now).Steps.ShouldBe([new Step.Retire("web-1")]);
        SteadyPlanner.Decide(Wish(default), NoOrdinals, World() with { Networks = ["n"] }, Now).Steps.ShouldBe([new Step.RemoveNetwork("n")]);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(1, 0.2)]
    [InlineData(4, 1.6)]
    [InlineData(8, 25.6)]
    [InlineData(9, 30)]
    [InlineData(1000, 30)]
    public void An_instance_that_ends_again_and_again_rests_longer_each_time(int revivals, double seconds)
    {
        var ended = new InstanceCondition.Ended(1, false, Now, "");
        var instance = Seen("web-1", "web", "w", ended) with { Revivals = revivals, RevivedAt = Now - TimeSpan.FromSeconds(1) };

        SteadyPlanner.PauseOf(instance, ended).ShouldBe(TimeSpan.FromSeconds(seconds));
        SteadyPlanner.PauseOf(instance with { RevivedAt = Now - SteadyPlanner.SteadyAfter }, ended).ShouldBe(TimeSpan.FromSeconds(0.1));
    }
}
