using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Reconciling;
using Davit.ControlPlane.Releasing;
using Davit.Drivers;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Instances;
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
internal sealed class PlanMaker(Database database, SourceResolver sources, WishMaker wishes, Observer observer, IRuntimeDriver driver)
{
    /// <summary>What the engine gives an instance that asks for nothing else.</summary>
    private static readonly TimeSpan UsualGrace = TimeSpan.FromSeconds(10);

    public async Task<PlanView> MakeAsync(EnvRow env, DeploymentSource source, string scratch, CancellationToken ct)
    {
        var resolved = await sources.ResolveAsync(source, scratch,
            id => database.ReadAsync(db => UploadTable.DigestAsync(db, env.AppId, Id.Parse<UploadId>(id), ct), ct), ct);
        var (app, faults) = ManifestReading.Read(resolved.Tree, env.AppName, env.Name, resolved.Manifest);
        var serving = env.ServingId is { } id ? await database.ReadAsync(db => DeploymentTable.GetAsync(db, id, ct), ct) : null;
        var before = serving?.ReleaseId is { } release ? await database.ReadAsync(db => ReleaseTable.GetAsync(db, release, ct), ct) : null;

        var contents = await ContentsAsync(app, resolved, before, ct);
        var wish = wishes.Make(app, default, contents, env, "").WithScale(env.Scale);
        var now = serving?.Wish is { } stored ? WishJson.Read(stored).WithScale(env.Scale) : null;
        var ordinals = serving?.ReleaseId is { } r ? await database.ReadAsync(db => InstanceLedger.LastOrdinalsAsync(db, env.Id, r, ct), ct) : ImmutableDictionary<string, int>.Empty;
        var preview = Preview.Of(new Rollout(wish, now, Facts.None, ordinals), Restamped(await observer.LookAsync(env, ct), now, wish));
        return View(env, app, preview, wish, faults);
    }

    /// <summary>The release of a plan has no id yet, so the slice of an unchanged environment would look new; it is told to be the present one.</summary>
    private static Sight Restamped(Sight have, Wish? serving, Wish wanted) => serving is not null && have.Edge.Slice == Slice.Of(serving, have).Hash
        ? have with { Edge = have.Edge with { Slice = Slice.Of(serving with { Release = wanted.Release }, have).Hash } }
        : have;

    private async Task<ReleaseContents> ContentsAsync(AppManifest app, ResolvedSource source, ReleaseRow? before, CancellationToken ct)
    {
        var old = before is null ? null : ReleaseJson.Read(before);
        var sameTree = before is not null && (string?)JsonNode.Parse(before.Provenance)!["tree"] is { } tree && tree == (string?)source.Provenance["tree"];
        var services = new List<ReleasedService>();
        foreach (var service in app.Services.Values)
            services.Add(await ServiceAsync(service, source, sameTree ? old?.Find(service.Name) : null, ct));

        return new ReleaseContents
        {
            Services = [.. services],
            Files = sameTree && old is not null ? old.Files : Marks([.. app.Configs.Keys.Select(FileTemplates.ConfigKey), .. app.Secrets.Keys.Select(FileTemplates.SecretKey)]),
            Trees = sameTree && old is not null ? old.Trees : default,
        };
    }

    private async Task<ReleasedService> ServiceAsync(ServiceSpec service, ResolvedSource source, ReleasedService? same, CancellationToken ct)
    {
        if (same is not null && (service.Build is not null || service.Static is not null))
            return same;
        if (service.Static is not null)
            return new ReleasedService(service.Name, "") { Tree = $"to be published from {source.Provenance["tree"]}" };
        if (service.Build is not null)
            return new ReleasedService(service.Name, $"to be built from {source.Provenance["tree"]}") { ExposedPorts = [service.Port ?? 1] };

        var image = await driver.InspectImageAsync(service.Image!, ct);
        return new ReleasedService(service.Name, image?.Pinned ?? $"to be pulled: {service.Image}")
        {
            ExposedPorts = image is null ? [service.Port ?? 1] : [.. image.Config.ExposedPorts.Select(p => int.Parse(p.Split('/')[0], System.Globalization.CultureInfo.InvariantCulture)).Order()],
            HasHealthCheck = image?.Config.HasHealthCheck ?? false,
        };
    }

    private static EquatableMap Marks(IEnumerable<string> keys) => EquatableMap.From(keys.Select(k => KeyValuePair.Create(k, "")));

    private static PlanView View(EnvRow env, AppManifest app, Preview preview, Wish wish, ImmutableArray<Fault> faults) => new(preview.Hash, env.AppName, env.Name, preview.IsEmpty)
    {
        Services = [.. preview.Services.Select(s => new PlanServiceView(
            s.Service.Name, s.Service.Kind.ToString().ToLowerInvariant(), s.Action.ToString().ToLowerInvariant(), Downtime(s), s.Changes)
        {
            KindReason = app.Services.TryGetValue(s.Service.Name, out var spec) ? spec.KindReason : "", Scale = s.Service.Scale,
        })],
        Steps = [.. preview.Steps.Select(s => s.ToString())],
        Routes = [.. wish.Routes.Select(r => $"{r.Claim} → {r.Service}")],
        Notes = [.. faults.Select(FaultBody.Of)],
    };

    /// <summary>At most what the old instance may take to stop and the new one to become ready.</summary>
    private static string Downtime(ServicePreview preview) => preview is { Action: ServiceAction.Replace, Service: { StopFirstReason: not "" } service }
        ? $"stop-first (≤ {((service.Template.Process.StopGrace ?? UsualGrace) + service.Startup).TotalSeconds:0} s, {service.StopFirstReason})"
        : "none";
}
