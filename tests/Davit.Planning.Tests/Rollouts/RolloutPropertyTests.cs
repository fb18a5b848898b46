using System.Collections.Immutable;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using FsCheck;
using FsCheck.Fluent;
using static Davit.Planning.Tests.Rollouts.Given;

namespace Davit.Planning.Tests.Rollouts;

/// <summary>Plays the planners in a world where things go wrong between two looks.</summary>
public sealed class RolloutPropertyTests
{
    private const int Scale = 2;

    private static readonly Wish Before = Wish(Old, Service("db", "d"), Web("a", Scale));
    private static readonly Wish After = Wish(New, Service("db", "d"), Web("b", Scale));

    private static readonly Arbitrary<Mishap[]> Scripts = Gen.Elements(Enum.GetValues<Mishap>()).ArrayOf(24).ToArbitrary();

    public enum Mishap
    {
        None,
        NewDies,
        NewSickens,
        OldDies,
        EngineForgetsOneStart,
        ClockJumps,
        EdgeForgets,
    }

    [Fact]
    public void Traffic_only_ever_moves_to_instances_that_are_ready() => Holds(script =>
        Play(script).All(t => t.Plan.Steps.OfType<Step.Switch>().All(s =>
            s.To.Services.SelectMany(v => v.Targets).All(target => t.World.Instances.Any(i => i.Name == target.Instance && i.IsReady)))));

    [Fact]
    public void While_it_rolls_out_nothing_that_serves_is_stopped() => Holds(script =>
        Play(script).TakeWhile(t => t.Plan is not (Plan.Settled or Plan.GiveUp)).All(t => !t.Plan.Steps.Any(s => s is Step.Stop or Step.Retire)));

    [Fact]
    public void The_switch_waits_for_the_whole_new_release() => Holds(script =>
        Play(script).All(t => t.Plan.Steps.OfType<Step.Switch>().All(_ => t.World.Of("web").Count(i => i.SpecHash == "b" && i.IsReady) >= Scale)));

    [Fact]
    public void A_name_is_never_given_twice() => Holds(script =>
    {
        var names = Play(script).SelectMany(t => t.Plan.Steps).OfType<Step.Start>().Select(s => s.Instance).ToList();
        return names.Distinct().Count() == names.Count;
    });

    [Fact]
    public void It_always_ends_settled_or_given_up_and_then_nothing_of_the_loser_is_left() => Holds(script =>
    {
        var (world, ended, ordinals) = RunToEnd(script);
        var winner = ended is Plan.Settled ? After : Before;
        var last = KeepUntilQuiet(winner, world, ordinals);
        return last.Instances.All(i => winner.Find(i.Service)?.SpecHash == i.SpecHash)
            && last.Of("web").Count(i => i.IsReady) == Scale
            && last.Edge.Slice == Slice.Of(winner, last).Hash;
    });

    [Fact]
    public void The_same_look_gives_the_same_plan() => Holds(script => Play(script).All(t =>
        RolloutPlanner.Decide(t.Rollout, t.World, t.World.At).Steps.SequenceEqual(t.Plan.Steps)));

    private static void Holds(Func<Mishap[], bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Scripts, property));

    private sealed record Turn(Rollout Rollout, Sight World, Plan Plan);

    private static Sight Start => World(Ready("db-1", "db", "d"), Ready("old-1", "web", "a"), Ready("old-2", "web", "a")).ServedBy(Before);

    private static IEnumerable<Turn> Play(Mishap[] script)
    {
        var (world, facts, ordinals) = (Start, Facts.None, ImmutableDictionary<string, int>.Empty);
        foreach (var mishap in script.Concat(Enumerable.Repeat(Mishap.None, 12)))
        {
            world = Strike(world, mishap);
            var rollout = new Rollout(After, Before, facts, ordinals);
            var plan = RolloutPlanner.Decide(rollout, world, world.At);
            yield return new(rollout, world, plan);
            if (plan is Plan.Settled or Plan.GiveUp)
                yield break;
            (world, facts, ordinals) = Apply(plan, world, facts, ordinals, mishap is Mishap.EngineForgetsOneStart);
        }
    }

    private static (Sight World, Plan Ended, ImmutableDictionary<string, int> Ordinals) RunToEnd(Mishap[] script)
    {
        var last = Play(script).Last();
        return (last.World, last.Plan, last.Rollout.Ordinals);
    }

    private static Sight KeepUntilQuiet(Wish wish, Sight world, ImmutableDictionary<string, int> ordinals)
    {
        var facts = Facts.None;
        for (var turn = 0; turn < 100; turn++)
        {
            var plan = SteadyPlanner.Decide(wish, ordinals, world, world.At);
            if (plan is Plan.Settled)
                return world;
            (world, facts, ordinals) = Apply(plan, world, facts, ordinals, forgetOne: false, wish);
        }

        throw new InvalidOperationException("it never came to rest");
    }

    private static Sight Strike(Sight world, Mishap mishap) => mishap switch
    {
        Mishap.None or Mishap.EngineForgetsOneStart => world,
        Mishap.NewDies => ChangeOne(world, i => i.SpecHash is "b", i => i with { Condition = new InstanceCondition.Ended(1, false, world.At, "") }),
        Mishap.NewSickens => ChangeOne(world, i => i.SpecHash is "b", i => i with { Condition = new InstanceCondition.Unready(world.At, "") }),
        Mishap.OldDies => ChangeOne(world, i => i.SpecHash is "a", i => i with { Condition = new InstanceCondition.Ended(1, false, world.At, "") }),
        Mishap.ClockJumps => world with { At = world.At + TimeSpan.FromMinutes(3) },
        Mishap.EdgeForgets => world with { Edge = new EdgeSeen("") },
        _ => throw new InvalidOperationException(),
    };

    private static Sight ChangeOne(Sight world, Func<InstanceSeen, bool> which, Func<InstanceSeen, InstanceSeen> change) =>
        world.Instances.FirstOrDefault(which) is { } one ? world with { Instances = [.. world.Instances.Select(i => i == one ? change(i) : i)] } : world;

    private static (Sight, Facts, ImmutableDictionary<string, int>) Apply(
        Plan plan, Sight world, Facts facts, ImmutableDictionary<string, int> ordinals, bool forgetOne, Wish? wish = null)
    {
        world = Recover(world with { At = world.At + TimeSpan.FromSeconds(2) });
        foreach (var step in plan.Steps)
        {
            if (step is Step.Start start)
                ordinals = ordinals.SetItem(start.Service, Math.Max(start.Ordinal, ordinals.GetValueOrDefault(start.Service)));
            if (step is Step.Start && forgetOne)
            {
                forgetOne = false;
                continue;
            }

            (world, facts) = Do(step, world, facts, wish ?? After);
        }

        return (world, facts, ordinals);
    }

    /// <summary>What is not ready becomes so, and engines restart what serves.</summary>
    private static Sight Recover(Sight world) => world with
    {
        Instances = [.. world.Instances.Select(i => i.Condition is InstanceCondition.Unready ? i with { Condition = new InstanceCondition.Ready(world.At) } : i)],
    };

    private static (Sight, Facts) Do(Step step, Sight world, Facts facts, Wish wish) => step switch
    {
        Step.Start s => (world with { Instances = [.. world.Instances, Seen(s.Instance, s.Service, wish.Find(s.Service)!.SpecHash, new InstanceCondition.Unready(world.At, ""))] }, facts),
        Step.Revive s => (world with { Instances = [.. world.Instances.Select(i => i.Name == s.Instance ? i with { Condition = new InstanceCondition.Ready(world.At) } : i)] }, facts),
        Step.Retire s => (world with { Instances = [.. world.Instances.Where(i => i.Name != s.Instance)] }, facts),
        Step.Switch s => (world with { Edge = new EdgeSeen(s.To.Hash) { Routed = s.To.Services.SelectMany(v => v.Targets).Select(t => t.Instance).ToImmutableHashSet() } }, facts with { SwitchedAt = world.At }),
        _ => (world, facts),
    };
}
