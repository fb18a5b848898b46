using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Rollouts;
using static Davit.Planning.Tests.Rollouts.Given;

namespace Davit.Planning.Tests.Rollouts;

public sealed class RolloutPlannerTests
{
    [Fact]
    public void Networks_and_volumes_come_before_anything_that_uses_them()
    {
        var owner = new Instances.Ownership(default, default, default, default);
        var wanted = Wish(New, Web("b")) with { Networks = [new("n", owner)], Volumes = [new("v", owner)] };

        var act = RolloutPlanner.Decide(Rollout(wanted), World(), Now).ShouldBeOfType<Plan.Act>();

        act.Phase.ShouldBe(Phase.Preparing);
        act.Steps.ShouldBe([new Step.EnsureNetwork("n"), new Step.EnsureVolume("v")]);
    }

    [Fact]
    public void Traffic_stays_on_the_old_release_until_every_new_instance_is_ready()
    {
        var (old, wanted) = (Wish(Old, Web("a", 2)), Wish(New, Web("b", 2)));
        var world = World(
            Ready("old-1", "web", "a"), Ready("old-2", "web", "a"), Ready("new-1", "web", "b"),
            Seen("new-2", "web", "b", new InstanceCondition.Unready(Now, ""))).ServedBy(old);

        RolloutPlanner.Decide(Rollout(wanted, old), world, Now).ShouldBeOfType<Plan.Wait>().Phase.ShouldBe(Phase.Starting);
    }

    [Fact]
    public void When_all_are_ready_traffic_moves_in_one_step_and_nothing_old_is_touched()
    {
        var (old, wanted) = (Wish(Old, Web("a")), Wish(New, Web("b")));
        var world = World(Ready("old-1", "web", "a"), Ready("new-1", "web", "b")).ServedBy(old);

        var act = RolloutPlanner.Decide(Rollout(wanted, old), world, Now).ShouldBeOfType<Plan.Act>();

        act.Steps.ShouldHaveSingleItem().ShouldBeOfType<Step.Switch>().To.Services.ShouldHaveSingleItem().Targets.ShouldHaveSingleItem().Instance.ShouldBe("new-1");
    }

    [Fact]
    public void A_service_whose_spec_did_not_change_keeps_its_instances()
    {
        var db = Service("db", "d", ServiceKind.Stateful);
        var (old, wanted) = (Wish(Old, db, Web("a")), Wish(New, db, Web("b")));
        var world = World(Ready("db-1", "db", "d"), Ready("old-1", "web", "a")).ServedBy(old);

        RolloutPlanner.Decide(Rollout(wanted, old), world, Now).Steps.ShouldAllBe(s => s is Step.Start && ((Step.Start)s).Service == "web");
    }

    [Fact]
    public void Names_are_chosen_by_the_planner_and_ordinals_are_never_used_again()
    {
        var rollout = Rollout(Wish(New, Web("b", 2))) with { Ordinals = System.Collections.Immutable.ImmutableDictionary<string, int>.Empty.Add("web", 4) };

        RolloutPlanner.Decide(rollout, World(), Now).Steps.ShouldBe([
            new Step.Start("web", InstanceName.Of(rollout.Wanted, "web", 5), 5), new Step.Start("web", InstanceName.Of(rollout.Wanted, "web", 6), 6)]);
    }

    [Fact]
    public void Dependants_wait_until_their_dependency_is_ready()
    {
        var api = Service("api", "x") with { DependsOn = [new("db", DependencyCondition.ServiceHealthy, true)] };
        var wanted = Wish(New, Service("db", "d", ServiceKind.Stateful), api);
        var starting = World(Seen("db-1", "db", "d", new InstanceCondition.Unready(Now, "")));

        RolloutPlanner.Decide(Rollout(wanted), starting, Now).ShouldBeOfType<Plan.Wait>().For.ShouldContain("api waits for db");
        RolloutPlanner.Decide(Rollout(wanted), World(Ready("db-1", "db", "d")), Now).Steps.ShouldHaveSingleItem().ShouldBeOfType<Step.Start>().Service.ShouldBe("api");
    }

    [Fact]
    public void A_job_must_have_ended_well_before_what_depends_on_its_completion_starts()
    {
        var web = Web("b") with { DependsOn = [new("seed", DependencyCondition.ServiceCompletedSuccessfully, true)] };
        var wanted = Wish(New, Service("seed", "j", ServiceKind.Job), web);

        RolloutPlanner.Decide(Rollout(wanted), World(Ready("seed-1", "seed", "j")), Now).ShouldBeOfType<Plan.Wait>();
        RolloutPlanner.Decide(Rollout(wanted), World(Seen("seed-1", "seed", "j", new InstanceCondition.Ended(0, false, Now, ""))), Now)
            .Steps.ShouldHaveSingleItem().ShouldBeOfType<Step.Start>().Service.ShouldBe("web");
        RolloutPlanner.Decide(Rollout(wanted), World(Seen("seed-1", "seed", "j", new InstanceCondition.Ended(3, false, Now, ""))), Now)
            .ShouldBeOfType<Plan.GiveUp>().Why.ShouldBeOfType<Failure.InstanceEnded>().ExitCode.ShouldBe(3);
    }

    [Fact]
    public void A_new_instance_that_ends_gives_the_rollout_up()
    {
        var world = World(Ready("old-1", "web", "a"), Seen("new-1", "web", "b", new InstanceCondition.Ended(4, false, Now, "")));

        RolloutPlanner.Decide(Rollout(Wish(New, Web("b")), Wish(Old, Web("a"))), world, Now)
            .ShouldBeOfType<Plan.GiveUp>().Why.ShouldBe(new Failure.InstanceEnded("web", "new-1", 4, false, ""));
    }

    [Fact]
    public void Trouble_of_an_instance_that_serves_now_is_repaired_and_not_taken_for_a_failure()
    {
        var db = Service("db", "d");
        var (old, wanted) = (Wish(Old, db, Web("a")), Wish(New, db, Web("b")));
        var world = World(Seen("db-1", "db", "d", new InstanceCondition.Ended(137, false, Now, "")), Ready("old-1", "web", "a")).ServedBy(old);

        // It rests as it would without a rollout, so that one that crashes at once does not keep the loop busy.
        RolloutPlanner.Decide(Rollout(wanted, old), world, Now).Steps.ShouldNotContain(s => s is Step.Revive);
        RolloutPlanner.Decide(Rollout(wanted, old), world, Now + TimeSpan.FromMilliseconds(100)).Steps.ShouldContain(new Step.Revive("db-1", 1));
    }

    [Fact]
    public void An_instance_that_is_not_ready_in_time_gives_the_rollout_up()
    {
        var world = World(Seen("new-1", "web", "b", new InstanceCondition.Unready(Now - TimeSpan.FromSeconds(61), "its health check fails")));

        RolloutPlanner.Decide(Rollout(Wish(New, Web("b"))), world, Now).ShouldBeOfType<Plan.GiveUp>().Why.ShouldBeOfType<Failure.NeverReady>();
    }

    [Fact]
    public void An_edge_that_cannot_reach_the_new_instances_gives_the_rollout_up_after_the_startup_time()
    {
        var facts = Facts.None with { ReadyAt = Now - TimeSpan.FromSeconds(61) };

        RolloutPlanner.Decide(Rollout(Wish(New, Web("b")), null, facts), World(Ready("new-1", "web", "b")), Now)
            .ShouldBeOfType<Plan.GiveUp>().Why.ShouldBeOfType<Failure.NotSwitched>();
    }

    [Fact]
    public void A_release_command_runs_once_after_what_it_needs_and_before_new_instances()
    {
        var db = Service("db", "d");
        var web = Web("b") with { DependsOn = [new("db", DependencyCondition.ServiceStarted, true)] };
        var wanted = Wish(New, db, web) with { Commands = [new("migrate", "web", ["m"], ReleaseMoment.Before)] };

        RolloutPlanner.Decide(Rollout(wanted), World(), Now).Steps.ShouldHaveSingleItem().ShouldBeOfType<Step.Start>().Service.ShouldBe("db");
        var up = World(Ready("db-1", "db", "d"));
        RolloutPlanner.Decide(Rollout(wanted), up, Now).Steps.ShouldBe([new Step.RunCommand("migrate")]);

        var done = Facts.None.With("migrate", new CommandFact("run", Now, Now, 0));
        RolloutPlanner.Decide(Rollout(wanted, null, done), up, Now).Steps.ShouldHaveSingleItem().ShouldBeOfType<Step.Start>().Service.ShouldBe("web");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(null, false)]
    [InlineData(null, true)]
    public void A_release_command_that_failed_or_was_interrupted_is_never_run_again(int? exit, bool timedOut)
    {
        var wanted = Wish(New, Web("b")) with { Commands = [new("migrate", "web", ["m"], ReleaseMoment.Before)] };
        var fact = new CommandFact("run", Now, exit is null && !timedOut ? null : Now, exit, timedOut);

        RolloutPlanner.Decide(Rollout(wanted, null, Facts.None.With("migrate", fact)), World(), Now).ShouldBeOfType<Plan.GiveUp>();
    }

    [Fact]
    public void Only_what_cannot_run_beside_its_successor_is_stopped_first_and_it_is_kept()
    {
        var (before, after) = (Service("db", "d1", ServiceKind.Stateful) with { StopFirstReason = "single-writer-volume" }, Service("db", "d2", ServiceKind.Stateful) with { StopFirstReason = "single-writer-volume" });
        var world = World(Ready("db-1", "db", "d1"));

        RolloutPlanner.Decide(Rollout(Wish(New, after), Wish(Old, before)), world, Now).Steps.ShouldBe([new Step.Stop("db-1")]);
    }

    [Fact]
    public void It_is_not_settled_before_the_settle_time_is_over()
    {
        var wanted = Wish(New, Web("b"));
        var world = World(Ready("new-1", "web", "b")).ServedBy(wanted);

        RolloutPlanner.Decide(Rollout(wanted, null, Facts.None with { SwitchedAt = Now - TimeSpan.FromMilliseconds(400) }), world, Now).ShouldBeOfType<Plan.Wait>().Phase.ShouldBe(Phase.Verifying);
        RolloutPlanner.Decide(Rollout(wanted, null, Facts.None with { SwitchedAt = Now - TimeSpan.FromMilliseconds(600) }), world, Now).ShouldBeOfType<Plan.Settled>();
    }

    [Fact]
    public void An_app_without_routes_settles_once_its_instances_are_up()
    {
        var wanted = Wish(New, Service("worker", "w"));

        RolloutPlanner.Decide(Rollout(wanted), World(Ready("worker-1", "worker", "w")), Now).ShouldBeOfType<Plan.Settled>();
    }
}
