using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Deployments;
using Davit.ControlPlane.Releasing;
using Davit.Drivers;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;

namespace Davit.ControlPlane.Plans;

/// <summary>What a source would make an environment wish.</summary>
/// <param name="App">The manifest, where one is read.</param>
internal sealed record Forecast(Wish Wish, AppManifest? App, ImmutableArray<Fault> Faults);

/// <summary>Finds out what deploying a source would wish, without building, pulling or writing anything.</summary>
internal sealed class Forecasts(Database database, SourceReading sources, WishMaker wishes, ReleaseReading releases, StoredWishes stored, IRuntimeDriver driver)
{
    // Instances that a restart would make have no id yet; equal plans need equal marks.
    private const string Generation = "planned";

    /// <param name="serving">The release that users are served by now.</param>
    public async Task<Forecast> OfAsync(EnvRow env, DeploymentSource source, string scratch, ReleaseId? serving, CancellationToken ct)
    {
        switch (source)
        {
            case DeploymentSource.Former former:
                return new((await stored.OfAsync(env, former, ct)).Wish, null, []);
            case DeploymentSource.Serving restart:
                return new((await stored.OfAsync(env, restart, Generation, ct)).Wish, null, []);
            case DeploymentSource.Release release:
                var read = await releases.ReadAsync(env, release, "", ct);
                return new(read.Wish, read.App, []);
            default:
                return await OfSourceAsync(env, source, scratch, serving, ct);
        }
    }

    private async Task<Forecast> OfSourceAsync(EnvRow env, DeploymentSource source, string scratch, ReleaseId? serving, CancellationToken ct)
    {
        var (resolved, app, faults) = await sources.ReadAsync(env, source, new SourceScope(scratch,
            id => database.ReadAsync(db => UploadTable.DigestAsync(db, env.AppId, Id.Parse<UploadId>(id), ct), ct)), ct);
        var before = serving is { } release ? await database.ReadAsync(db => ReleaseTable.GetAsync(db, release, ct), ct) : null;
        return new(await wishes.MakeAsync(new WishInput(app, await ContentsAsync(app, resolved, before, ct), env) { Provenance = resolved.Provenance, Set = source.Set }, ct), app, faults);
    }

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
            Files = sameTree && old is not null ? old.Files : Marks([.. app.Configs.Keys.Select(FileTemplates.ConfigKey), .. app.Secrets.Where(s => s.Value.Source is not FileSource.External).Select(s => FileTemplates.SecretKey(s.Key))]),
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
}
