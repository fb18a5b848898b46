using System.Collections.Immutable;
using Davit.Model;
using Davit.Planning.Wishes;
using static Davit.Planning.Rollouts.InstanceCondition;

namespace Davit.Planning.Rollouts;

/// <summary>
/// Keeps an environment as its serving wish says while nothing is being deployed: brings back what is missing, lets go of
/// what is too much, and repairs the edge's slice. Pure and level-triggered like <see cref="RolloutPlanner"/>; it is also
/// what drains the old release after a switch, undoes a failed deployment and empties an environment that is deleted.
/// </summary>
public static class SteadyPlanner
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A run that lasted so long was no crash at the start: the next pause is the first one again.</summary>
    public static TimeSpan SteadyAfter { get; } = TimeSpan.FromMinutes(1);

    /// <summary>After so many revivals in a row a service is said to crash in a loop.</summary>
    public const int LoopsAfter = 5;

    /// <param name="wish">An empty wish lets go of everything.</param>
    /// <param name="warm">The release before, as long as it stays up so that going back is only a switch.</param>
    public static Plan Decide(Wish wish, ImmutableDictionary<string, int> ordinals, Sight have, DateTimeOffset now, Wish? warm = null)
    {
        var surplus = Surplus(wish, warm, have);
        var gone = surplus.Where(i => MayGo(i, have) && !have.Leaving.Contains(i.Name)).ToList();

        // What a stop-first service needs (its volume, its port) is freed before its instance is brought back.
        if (gone.Count > 0)
            return new Plan.Act(Phase.Draining, "instances that nothing wants any more", [.. gone.Select(i => new Step.Retire(i.Name))]);

        // Before anything is started that mounts it.
        if (have.Damaged.Any(t => t.CanRestore))
            return new Plan.Act(Phase.Preparing, "content is not as it was released", [.. have.Damaged.Where(t => t.CanRestore).Select(t => new Step.RestoreTree(t.Digest, t.Service))]);

        var objects = Objects(wish, have, surplus.Count > 0 || warm is not null);
        if (objects.Count > 0)
            return new Plan.Act(Phase.Preparing, "networks and volumes differ from the wish", objects);

        var starts = wish.Services.SelectMany(s => Missing(wish, s, ordinals, have, now)).ToList();
        if (starts.Count > 0)
            return new Plan.Act(Phase.Starting, "instances are missing", starts);

        return Repair(wish, have) is { } repair ? repair
            : surplus.Count > 0 ? new Plan.Wait(Phase.Draining, $"{surplus.Count} old instance(s) to finish their requests")
            : NotReady(wish, have) is { Length: > 0 } unready ? new Plan.Wait(Phase.Starting, unready)
            : new Plan.Settled();
    }

    /// <summary>Everything the wish does not name, and of what it names what is too much.</summary>
    private static List<InstanceSeen> Surplus(Wish wish, Wish? warm, Sight have)
    {
        var kept = wish.Services.SelectMany(s => Slice.Kept(s, have)).ToHashSet();
        kept.UnionWith(warm?.Services.Where(s => wish.Find(s.Name)?.SpecHash != s.SpecHash).SelectMany(s => Slice.Kept(s, have)).Where(i => i.IsUp) ?? []);
        return [.. have.Instances.Where(i => !kept.Contains(i))];
    }

    /// <summary>Out of the table first, then nothing in flight, then it may stop.</summary>
    private static bool MayGo(InstanceSeen instance, Sight have) =>
        instance.Condition is Ended or Created
        || (have.Edge.IsReachable && !have.Edge.Routed.Contains(instance.Name) && !have.Edge.Draining.Contains(instance.Name));

    private static List<Step> Objects(Wish wish, Sight have, bool hasSurplus) =>
    [
        .. wish.Networks.Where(n => !have.Networks.Contains(n.Name)).Select(n => new Step.EnsureNetwork(n.Name)),
        .. wish.Volumes.Where(v => !have.Volumes.Contains(v.Name)).Select(v => new Step.EnsureVolume(v.Name)),
        .. hasSurplus ? [] : have.Networks.Where(n => wish.Networks.All(w => w.Name != n)).Select(n => (Step)new Step.RemoveNetwork(n)),
    ];

    private static IEnumerable<Step> Missing(
        Wish wish, ServiceWish service, ImmutableDictionary<string, int> ordinals, Sight have, DateTimeOffset now)
    {
        if (service.Static is not null || (service.StopFirstReason is not "" && have.Of(service.Name).Any(i => have.Leaving.Contains(i.Name) && i.Condition is not (Ended or Created))))
            return [];

        var fresh = have.Of(service.Name).Where(i => i.SpecHash == service.SpecHash).ToList();
        var revived = Revived(service, have, now);
        var missing = service.Scale - fresh.Count;
        if (missing <= 0 || service.DependsOn.Any(d => d.IsRequired && wish.Find(d.Service) is { Scale: > 0, Static: null } s && !have.Of(s.Name).Any(i => i.SpecHash == s.SpecHash)))
            return revived;

        var last = ordinals.GetValueOrDefault(service.Name);
        return [.. revived, .. Enumerable.Range(last + 1, missing).Select(n => new Step.Start(service.Name, InstanceName.Of(wish, service.Name, n), n))];
    }

    /// <summary>What a service wants and does not run is started again.</summary>
    internal static IEnumerable<Step> Revived(ServiceWish service, Sight have, DateTimeOffset now) =>
        have.Of(service.Name).Where(i => i.SpecHash == service.SpecHash && NeedsStart(service, i, now)).Select(Revive);

    private static bool NeedsStart(ServiceWish service, InstanceSeen instance, DateTimeOffset now) => instance.Condition switch
    {
        Created => true,
        Ended { ExitCode: 0 } when service.IsJob => false,
        Ended e => PauseOf(instance, e).HasPassed(e.At, now) && service.Template.Restart.Kind is not Instances.RestartKind.No,
        Unready or Ready or Restarting => false,
    };

    /// <summary>How long an instance that ended rests before it is started again: 100 ms, doubled each time in a row, up to 30 s.</summary>
    public static TimeSpan PauseOf(InstanceSeen instance, Ended ended)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(InARow(instance, ended), 16));
        return pause < LongestPause ? pause : LongestPause;
    }

    internal static Step Revive(InstanceSeen instance) => new Step.Revive(instance.Name, instance.Condition is Ended ended ? InARow(instance, ended) + 1 : 0);

    private static int InARow(InstanceSeen instance, Ended ended) => instance.RevivedAt is { } last && ended.At - last < SteadyAfter ? instance.Revivals : 0;

    private static Plan.Act? Repair(Wish wish, Sight have)
    {
        var slice = Slice.Of(wish, have);
        if (!have.Edge.IsReachable || slice.IsInForce(have.Edge))
            return null;

        // A table without any target for a routed service would turn users away; what serves now is left until there is one.
        var isWorse = slice.Services.Any(s => s.Static is null && s.Targets.Count is 0 && wish.Find(s.Name)!.Scale > 0) && have.Edge.Routed.Count > 0;
        return isWorse ? null : new Plan.Act(Phase.Switching, "the edge's table differs from the wish", [new Step.Switch(slice)]);
    }

    private static string NotReady(Wish wish, Sight have) => string.Join(", ", wish.Services
        .Where(s => s is { Static: null, IsJob: false } && have.Of(s.Name).Count(i => i.SpecHash == s.SpecHash && i.IsReady) < s.Scale)
        .Select(s => $"{s.Name} to become ready"));
}
