using Davit.Model;
using Davit.Store.Releasing;
using Davit.Wire;

namespace Davit.ControlPlane.Deployments;

internal static class DeploymentViews
{
    public static DeploymentView Of(DeploymentRow row, int? releaseNumber, IReadOnlyList<string> urls) => new(
        row.Id.ToString(), row.Number, row.Kind, DeploymentView.StateOf(row.State), row.State.IsFinal, row.Actor, row.CreatedAt)
    {
        Release = row.ReleaseId?.ToString(),
        ReleaseNumber = releaseNumber,
        Text = row.State.ToString(),
        FinishedAt = row.FinishedAt,
        Phases = [.. row.Phases.Select(p => new PhaseView(p.Phase.ToString().ToLowerInvariant(), p.Status.ToString().ToLowerInvariant(), p.StartedAt, p.EndedAt, p.Detail, p.Holder))],
        Problem = row.State is DeploymentState.Failed failed ? ProblemBody.Of(failed.Why, row.RequestId) : null,
        Reason = row.Reason,
        PlanHash = row.PlanHash,
        Unchanged = Reconciling.DeploymentJournal.FactsOf(row).IsUnchanged,
        Urls = urls,
        Canary = CanaryViews.Of(row),
    };
}
