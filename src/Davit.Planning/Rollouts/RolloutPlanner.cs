using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Canaries;
using Davit.Planning.Wishes;
using static Davit.Planning.Rollouts.InstanceCondition;

namespace Davit.Planning.Rollouts;

/// <summary>
/// Decides the next safe steps that bring an environment to a new release. Pure: same rollout, same sight and same instant
/// in, same plan out. It looks at levels, never at history, so a control plane that restarts midway simply asks again.
/// Nothing that serves is touched before the switch, except what cannot run beside its successor.
/// </summary>
public static class RolloutPlanner
{
    /// <summary>After so many restarts by the engine a new instance counts as failed.</summary>
    public const int RestartsAllowed = 3;

    public static Plan Decide(Rollout rollout, Sight have, DateTimeOffset now) =>
        Prepare(rollout, have)
        ?? Migrate(rollout, have, now)
        ?? StartUp(rollout, rollout.Wanted.Services, have, now)
        ?? CanaryPlanner.Decide(rollout, have, now)
        ?? Switch(rollout, Slice.Of(rollout.Wanted, have), have, now)
        ?? Finish(rollout, have, now);

    private static Plan.Act? Prepare(Rollout rollout, Sight have)
    {
        Step[] missing =
        [
            .. rollout.Wanted.Networks.Where(n => !have.Networks.Contains(n.Name)).Select(n => new Step.EnsureNetwork(n.Name)),
            .. rollout.Wanted.Volumes.Where(v => !have.Volumes.Contains(v.Name)).Select(v => new Step.EnsureVolume(v.Name)),
        ];
        return missing.Length is 0 ? null : new Plan.Act(Phase.Preparing, "networks and volumes are missing", missing);
    }

    /// <summary>Commands run one after the other, each once what its service depends on is up.</summary>
    private static Plan? Migrate(Rollout rollout, Sight have, DateTimeOffset now)
    {
        foreach (var command in rollout.Wanted.Commands.Where(c => c.When is ReleaseMoment.Before))
        {
            if (rollout.Facts.Commands.TryGetValue(command.Name, out var fact))
            {
                if (Judge(command, fact) is { } failed)
                    return failed;
                continue;
            }

            return StartUp(rollout, rollout.Needs(command), have, now) switch
            {
                null => new Plan.Act(Phase.Migrating, $"release command {command.Name} has not run", [new Step.RunCommand(command.Name)]),
                Plan.Act a => a with { Phase = Phase.Preparing },
                Plan.Wait w => w with { Phase = Phase.Preparing },
                var other => other,
            };
        }

        return null;
    }

    private static Plan.GiveUp? Judge(CommandWish command, CommandFact fact) => fact switch
    {
        { TimedOut: true } => new Plan.GiveUp(new Failure.CommandTooSlow(command.Name, command.Deadline)),
        { EndedAt: null } => new Plan.GiveUp(new Failure.CommandUnknown(command.Name)),
        { ExitCode: { } code and not 0 } => new Plan.GiveUp(new Failure.CommandFailed(command.Name, code)),
        _ => null,
    };

    /// <summary>Starts what is missing in the order of dependencies.</summary>
    /// <returns>Null when all of the services given are ready.</returns>
    private static Plan? StartUp(Rollout rollout, IReadOnlyList<ServiceWish> services, Sight have, DateTimeOffset now)
    {
        var steps = new List<Step>();
        var waitingFor = new List<string>();
        foreach (var service in services.Where(s => s.Static is null))
        {
            var fresh = Rollout.Fresh(service, have).ToList();
            if (fresh.Where(i => !rollout.Protects(i)).Select(i => FailureOf(service, i, now)).FirstOrDefault(f => f is not null) is { } failure)
                return new Plan.GiveUp(failure);
            if (IsUp(service, fresh))
                continue;

            var blocker = service.DependsOn.FirstOrDefault(d => !IsMet(rollout, d, have));
            if (blocker is not null)
                waitingFor.Add($"{service.Name} waits for {blocker.Service}");
            else if (Starts(rollout, service, fresh, have, now) is { Count: > 0 } starts)
                steps.AddRange(starts);
            else
                waitingFor.Add($"{service.Name} {fresh.Count(i => Counts(service, i))}/{service.Scale} ready");
        }

        return steps.Count > 0 ? new Plan.Act(Phase.Starting, "instances are missing", steps)
            : waitingFor.Count > 0 ? new Plan.Wait(Phase.Starting, string.Join(", ", waitingFor))
            : null;
    }

    private static bool IsUp(ServiceWish service, List<InstanceSeen> fresh) => fresh.Count(i => Counts(service, i)) >= service.Scale;

    private static bool Counts(ServiceWish service, InstanceSeen instance) =>
        service.IsJob ? instance.Condition is Ended { ExitCode: 0 } : instance.IsReady;

    private static bool IsMet(Rollout rollout, DependencyWish dependency, Sight have)
    {
        if (rollout.Wanted.Find(dependency.Service) is not { Static: null, Scale: > 0 } service)
            return true;

        var fresh = Rollout.Fresh(service, have).ToList();
        return dependency.Condition switch
        {
            DependencyCondition.ServiceStarted => fresh.Any(i => i.IsUp || i.Condition is Ended { ExitCode: 0 }),
            DependencyCondition.ServiceHealthy or DependencyCondition.ServiceCompletedSuccessfully => IsUp(service, fresh),
        };
    }

    private static List<Step> Starts(Rollout rollout, ServiceWish service, List<InstanceSeen> fresh, Sight have, DateTimeOffset now)
    {
        var missing = service.Scale - fresh.Count;
        var steps = fresh.Where(i => i.Condition is Created || (i.Condition is Ended e && rollout.Protects(i) && !service.IsJob && SteadyPlanner.PauseOf(i, e).HasPassed(e.At, now))).Take(service.Scale).Select(SteadyPlanner.Revive).ToList();
        if (missing <= 0)
            return steps;

        if (service.StopFirstReason is not "" && have.Of(service.Name).Where(i => i.SpecHash != service.SpecHash && i.Condition is not (Ended or Created)).ToList() is { Count: > 0 } old)
            return [.. old.Select(i => new Step.Stop(i.Name))];

        return [.. steps, .. Names(rollout, service, missing)];
    }

    private static IEnumerable<Step> Names(Rollout rollout, ServiceWish service, int count)
    {
        var last = rollout.Ordinals.GetValueOrDefault(service.Name);
        return Enumerable.Range(last + 1, count)
            .Select(n => new Step.Start(service.Name, InstanceName.Of(rollout.Wanted, service.Name, n), n));
    }

    private static Failure? FailureOf(ServiceWish service, InstanceSeen instance, DateTimeOffset now) => instance.Condition switch
    {
        Ended { ExitCode: 0 } when service.IsJob => null,
        Ended e => new Failure.InstanceEnded(service.Name, instance.Name, e.ExitCode, e.OutOfMemory, e.Error),
        Restarting r when instance.Restarts >= RestartsAllowed => new Failure.InstanceEnded(service.Name, instance.Name, r.ExitCode, false, ""),
        Unready u when now - u.Since >= service.Startup && !service.IsJob => new Failure.NeverReady(service.Name, instance.Name, service.Startup, u.Why),
        Created or Unready or Restarting or Ready => null,
    };

    /// <summary>All routes move in one step, and only to instances that are ready.</summary>
    internal static Plan? Switch(Rollout rollout, Slice slice, Sight have, DateTimeOffset now)
    {
        if (slice.IsInForce(have.Edge))
            return null;

        var patience = rollout.Wanted.Services.Where(rollout.IsRouted).Select(s => s.Startup).DefaultIfEmpty(TimeSpan.FromSeconds(10)).Max();
        return rollout.Facts.ReadyAt is { } since && now - since >= patience
            ? new Plan.GiveUp(new Failure.NotSwitched(patience))
            : new Plan.Act(Phase.Switching, "every new instance is ready", [new Step.Switch(slice)]);
    }

    /// <summary>Everything must have been well for the settle time, counted from the switch or the last instance that became ready.</summary>
    private static Plan Finish(Rollout rollout, Sight have, DateTimeOffset now)
    {
        var since = rollout.Wanted.Services.SelectMany(s => Rollout.Fresh(s, have)).Select(i => (i.Condition as Ready)?.Since)
            .Append(rollout.Facts.TookOverAt ?? rollout.Facts.SwitchedAt)
            .Max();
        if (since is { } last && !rollout.Wanted.Settle.HasPassed(last, now))
            return new Plan.Wait(Phase.Verifying, "the settle time");

        var after = rollout.Wanted.Commands.FirstOrDefault(c => c.When is ReleaseMoment.After && !rollout.Facts.Commands.ContainsKey(c.Name));
        return after is null
            ? new Plan.Settled()
            : new Plan.Act(Phase.Finishing, $"release command {after.Name} has not run", [new Step.RunCommand(after.Name)]);
    }
}

/// <summary>The name an instance has in the runtime, chosen before it exists.</summary>
public static class InstanceName
{
    public static string Of(Wish wish, string service, int ordinal) => $"{wish.App}-{wish.Env}-{service}-{Id.Tail(wish.Release)}-{ordinal}";
}
