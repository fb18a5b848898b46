using System.Collections.Immutable;
using Davit.ControlPlane.Reconciling;
using Davit.ControlPlane.Releasing;
using Davit.Planning.Previews;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Ledger;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;

namespace Davit.ControlPlane.Plans;

/// <summary>
/// Says what deploying a source would do, without doing any of it: nothing is built, pulled or written. An image that is
/// still to be built is told apart by the source it would be built from.
/// </summary>
internal sealed class PlanMaker(Database database, Forecasts forecasts, Observer observer)
{
    /// <summary>What the engine gives an instance that asks for nothing else.</summary>
    private static readonly TimeSpan UsualGrace = TimeSpan.FromSeconds(10);

    /// <param name="allowances">What whoever asks may ask the runtime for.</param>
    public async Task<PlanView> MakeAsync(EnvRow env, DeploymentSource source, string scratch, IReadOnlyCollection<string> allowances, CancellationToken ct)
    {
        var serving = env.ServingId is { } id ? await database.ReadAsync(db => DeploymentTable.GetAsync(db, id, ct), ct) : null;
        var forecast = await forecasts.OfAsync(env, source, scratch, serving?.ReleaseId, ct);
        if (forecast.App is { } app && source is not (DeploymentSource.Former or DeploymentSource.Serving))
            Allowances.Require(app, allowances);
        var wish = forecast.Wish.WithScale(env.Scale);
        var now = serving?.Wish is { } stored ? WishJson.Read(stored).WithScale(env.Scale) : null;
        var ordinals = (wish.Release == default ? serving?.ReleaseId : wish.Release) is { } r ? await database.ReadAsync(db => InstanceLedger.LastOrdinalsAsync(db, env.Id, r, ct), ct) : ImmutableDictionary<string, int>.Empty;
        var preview = Preview.Of(new Rollout(wish, now, Facts.None, ordinals), Restamped(await observer.LookAsync(env, ct), now, wish));
        return View(env, forecast, preview, wish);
    }

    /// <summary>The release of a plan has no id yet, so the slice of an unchanged environment would look new; it is told to be the present one.</summary>
    private static Sight Restamped(Sight have, Wish? serving, Wish wanted) => serving is not null && have.Edge.Slice == Slice.Of(serving, have).Hash
        ? have with { Edge = have.Edge with { Slice = Slice.Of(serving with { Release = wanted.Release }, have).Hash } }
        : have;

    private static PlanView View(EnvRow env, Forecast forecast, Preview preview, Wish wish) => new(preview.Hash, env.AppName, env.Name, preview.IsEmpty)
    {
        Services = [.. preview.Services.Select(s => new PlanServiceView(
            s.Service.Name, s.Service.Kind.ToString().ToLowerInvariant(), s.Action.ToString().ToLowerInvariant(), Downtime(s), s.Changes)
        {
            KindReason = forecast.App?.Services.GetValueOrDefault(s.Service.Name)?.KindReason ?? "", Scale = s.Service.Scale,
        })],
        Steps = [.. preview.Steps.Select(s => s.ToString())],
        Routes = [.. wish.Routes.Select(r => $"{r.Claim} → {r.Service}")],
        Notes = [.. forecast.Faults.Select(FaultBody.Of)],
    };

    /// <summary>At most what the old instance may take to stop and the new one to become ready.</summary>
    private static string Downtime(ServicePreview preview) => preview is { Action: ServiceAction.Replace, Service: { StopFirstReason: not "" } service }
        ? $"stop-first (≤ {((service.Template.Process.StopGrace ?? UsualGrace) + service.Startup).TotalSeconds:0} s, {service.StopFirstReason})"
        : "none";
}
