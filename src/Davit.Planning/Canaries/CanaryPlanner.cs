using Davit.Model;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;

namespace Davit.Planning.Canaries;

/// <summary>The part of a rollout in which old and new release serve side by side. What was counted has been judged before and stands in the facts.</summary>
public static class CanaryPlanner
{
    /// <returns>Null when there is nothing to go step by step, or nothing any more.</returns>
    public static Plan? Decide(Rollout rollout, Sight have, DateTimeOffset now)
    {
        if (Of(rollout) is not { } canary)
            return null;

        var fact = rollout.Facts.Canary ?? CanaryFact.Begin;
        if (fact.State is CanaryState.Aborted)
            return new Plan.GiveUp(new Failure.CanaryWorse(fact.Reason, fact.Total));

        // Users are served by the old release for as long as this lasts, so that it is looked after meanwhile; but not what was stopped to make room.
        var revived = rollout.Serving!.Services.Where(s => rollout.Wanted.Find(s.Name)?.StopFirstReason is null or "").SelectMany(s => SteadyPlanner.Revived(s, have, now)).ToList();
        if (revived.Count > 0)
            return new Plan.Act(rollout.Facts.Canary is null ? Phase.Switching : Phase.Verifying, "instances of the serving release ended", revived);

        var step = canary.Steps[fact.Step];
        var slice = Slice.Split(rollout.Serving, rollout.Wanted, step.Percent, canary.Header, have);
        return RolloutPlanner.Switch(rollout, slice, have, now) switch
        {
            Plan.Act a when rollout.Facts.Canary is not null => a with { Phase = Phase.Verifying, Because = $"{step.Percent} % of clients go to the new release" },
            null => new Plan.Wait(Phase.Verifying, Text(canary, fact)),
            var other => other,
        };
    }

    /// <summary>How the rollout goes on step by step; null when it does not, because nothing serves yet, nothing differs, or it has been promoted.</summary>
    public static TakeoverWish.Canary? Of(Rollout rollout) =>
        rollout is { Wanted.Takeover: TakeoverWish.Canary { Steps.Count: > 0 } canary, Serving: { } serving, Facts.Canary: null or { State: not CanaryState.Promoted } }
        && rollout.Wanted.Services.Any(s => Slice.CanSplit(serving, rollout.Wanted, s.Name))
            ? canary : null;

    public static string Text(TakeoverWish.Canary canary, CanaryFact fact)
    {
        var at = $"step {fact.Step + 1} of {canary.Steps.Count}, {canary.Steps[fact.Step].Percent} % of clients";
        return fact.State is CanaryState.Paused ? $"{at}, paused: {fact.Reason}" : at;
    }
}
