using System.Collections.Immutable;
using Davit.Planning.Canaries;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;

namespace Davit.Planning.Previews;

/// <summary>
/// A world in which every step succeeds at once. Playing a planner in it tells the steps it will take, in order, without
/// touching anything.
/// </summary>
public static class Simulation
{
    private const int Turns = 200;

    /// <summary>The steps from here to the wanted wish and, after that, until only it is left.</summary>
    public static IReadOnlyList<Step> Play(Rollout rollout, Sight have)
    {
        var steps = new List<Step>();
        var (facts, world) = (rollout.Facts, have);
        for (var turn = 0; turn < Turns; turn++)
        {
            var plan = RolloutPlanner.Decide(rollout with { Facts = facts }, world, world.At);
            steps.AddRange(plan.Steps);
            if (plan is Plan.Settled or Plan.GiveUp)
                break;
            (world, facts) = plan.Steps.Aggregate((Later(world), facts), (at, step) => After(rollout.Wanted, at.Item1, at.facts, step));
        }

        for (var turn = 0; turn < Turns; turn++)
        {
            var plan = SteadyPlanner.Decide(rollout.Wanted, rollout.Ordinals, world, world.At);
            steps.AddRange(plan.Steps);
            if (plan is Plan.Settled)
                break;
            (world, _) = plan.Steps.Aggregate((Later(world), facts), (at, step) => After(rollout.Wanted, at.Item1, at.facts, step));
        }

        return steps;
    }

    private static Sight Later(Sight world) => world with { At = world.At + TimeSpan.FromSeconds(2) };

    private static (Sight World, Facts Facts) After(Wish wish, Sight world, Facts facts, Step step) => step switch
    {
        Step.EnsureNetwork s => (world with { Networks = world.Networks.Add(s.Name) }, facts),
        Step.EnsureVolume s => (world with { Volumes = world.Volumes.Add(s.Name) }, facts),
        Step.Start s => (world with { Instances = [.. world.Instances, Started(wish, world, s)] }, facts),
        Step.Revive s => (Change(world, s.Instance, i => i with { Condition = new InstanceCondition.Ready(world.At) }), facts),
        Step.RunCommand s => (world, facts.With(s.Command, new CommandFact("run", world.At, world.At, 0))),
        Step.Switch s => (world with { Edge = Serving(s.To) }, facts with { SwitchedAt = world.At, Canary = s.To.Percent is null ? facts.Canary : Went(wish, facts.Canary) }),
        Step.Stop s => (Change(world, s.Instance, i => i with { Condition = new InstanceCondition.Ended(0, false, world.At, "") }), facts),
        Step.Retire s => (world with { Instances = [.. world.Instances.Where(i => i.Name != s.Instance)] }, facts),
        Step.RemoveNetwork s => (world with { Networks = world.Networks.Remove(s.Name) }, facts),
        Step.RestoreTree s => (world with { Damaged = [.. world.Damaged.Where(t => t.Digest != s.Digest)] }, facts),
        Step.RemoveVolume s => (world with { Volumes = world.Volumes.Remove(s.Name) }, facts),
    };

    private static InstanceSeen Started(Wish wish, Sight world, Step.Start step)
    {
        var service = wish.Find(step.Service)!;
        return new InstanceSeen(step.Instance, step.Service, service.SpecHash,
            service.IsJob ? new InstanceCondition.Ended(0, false, world.At, "") : new InstanceCondition.Ready(world.At))
        {
            Release = wish.Release, Ordinal = step.Ordinal, Address = step.Instance,
        };
    }

    private static EdgeSeen Serving(Slice slice) => new(slice.Routes.Count is 0 ? "" : slice.Hash)
    {
        Routed = slice.Instances.ToImmutableHashSet(StringComparer.Ordinal),
    };

    /// <summary>Each step of a canary goes well.</summary>
    private static CanaryFact? Went(Wish wish, CanaryFact? fact) => wish.Takeover is TakeoverWish.Canary canary ? (fact ?? CanaryFact.Begin).Next(canary) : null;

    private static Sight Change(Sight world, string name, Func<InstanceSeen, InstanceSeen> change) =>
        world with { Instances = [.. world.Instances.Select(i => i.Name == name ? change(i) : i)] };
}
