using Davit.ControlPlane.Reconciling;
using Davit.Model;
using Davit.Planning.Canaries;
using Davit.Planning.Wishes;
using Davit.Store.Releasing;
using Davit.Wire;

namespace Davit.ControlPlane.Deployments;

/// <summary>A canary as people, receipts and events see it.</summary>
internal static class CanaryViews
{
    public static CanaryView? Of(DeploymentRow row) =>
        DeploymentJournal.FactsOf(row).Canary is { } fact && row.Wish is { } wish && WishJson.Read(wish).Takeover is TakeoverWish.Canary canary ? Of(row, canary, fact) : null;

    /// <summary>Its phase says how far it is; once promoted, what remains has its usual time.</summary>
    public static DeploymentRow Show(DeploymentRow row, TakeoverWish.Canary canary, CanaryFact fact, DateTimeOffset now)
    {
        var phases = row.Phases.Select(p => p.Phase is Phase.Verifying && p.Status is PhaseStatus.Running ? p with { Detail = CanaryPlanner.Text(canary, fact) } : p).ToList();
        return row with { Phases = fact.State is CanaryState.Promoted ? PhaseLog.Renew(phases, now) : phases };
    }

    public static string EventOf(CanaryFact fact) => fact.State is CanaryState.Running ? "canary.step-began" : $"canary.{Name(fact.State)}";

    private static CanaryView Of(DeploymentRow row, TakeoverWish.Canary canary, CanaryFact fact)
    {
        var step = canary.Steps[fact.Step];
        return new(row.Id.ToString(), Name(fact.State), fact.Step + 1, canary.Steps.Count, step.Percent)
        {
            Reason = fact.Reason,
            Since = fact.Since,
            Until = fact is { State: CanaryState.Running, Since: { } since } && !row.State.IsFinal ? since + step.For : null,
            Old = Of(fact.Total.Old),
            New = Of(fact.Total.New),
        };
    }

    private static SideView Of(SideCounts side) => new(side.Requests, side.Errors, (long)Math.Ceiling(side.P95));

    private static string Name(CanaryState state) => state.ToString().ToLowerInvariant();
}
