using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Configuring;
using Davit.Planning.Garbage;
using Davit.Planning.Instances;
using NetworkSpec = Davit.Planning.Instances.NetworkSpec;
using VolumeSpec = Davit.Planning.Instances.VolumeSpec;

namespace Davit.Planning.Wishes;

/// <summary>Makes a release and an environment one wish. Pure: the same input gives the same wish, whoever asks.</summary>
public static class WishBuilder
{
    /// <exception cref="ProblemException">DV2101 when a routed service has no port that anybody named; DV3022 when no driver can do what a service asks; DV7205 and DV7210 when secrets or variables are not as they must be.</exception>
    public static Wish Build(AppManifest app, ReleaseId release, ReleaseContents contents, WishContext context)
    {
        var routes = RouteWishes.Of(app, context);
        var configured = Configured(app, contents, context);
        return new Wish(release, context.App, context.Env)
        {
            Networks = [.. UsedNetworks(app).Select(n => Network(n, context))],
            Volumes = [.. UsedVolumes(app).Select(v => Volume(v, context))],
            Services = [.. DependencyOrder.Of(app).Select(s => Service(app, s, contents, routes, context with { Configured = configured }))],
            Routes = [.. routes],
            Commands = [.. app.Release.Where(c => c.When is not ReleaseMoment.Manual).Select(c =>
                new CommandWish(c.Name, c.Service, [.. c.Command], c.When) { Deadline = c.Deadline, IsBackward = c.IsBackward })],
            Takeover = TakeoverWish.Of(app),
            Retention = app.Retention == RetentionSpec.Default ? null : new RetentionPolicy(app.Retention.Releases, app.Retention.Logs, app.Retention.LogSize),
            Settle = app.Services.Values.Select(s => s.Rollout.Settle).Max() ?? TimeSpan.FromMilliseconds(500),
        };
    }

    private static AppConfiguration Configured(AppManifest app, ReleaseContents contents, WishContext context)
    {
        var configured = AppConfiguration.Of(app, contents, context);
        if (configured.Faults.ToList() is { Count: > 0 } faults)
            throw new ProblemException(VariableProblems.Unfit(context.Env, faults));
        return configured.Missing(app, contents) is { Count: > 0 } missing ? throw new ProblemException(SecretProblems.Missing(context.Env, missing)) : configured;
    }

    private static ServiceWish Service(AppManifest app, ServiceSpec service, ReleaseContents contents, IReadOnlyList<RouteWish> routes, WishContext context)
    {
        DriverLimits.Check(app, service);
        var released = contents.Find(service.Name) ?? throw new InvalidOperationException($"the release lacks service {service.Name}");
        var template = InstanceTemplates.Of(app, service, contents, context);
        var route = routes.FirstOrDefault(r => r.Service == service.Name);
        return new ServiceWish(service.Name, service.Kind, template, template.SpecHash)
        {
            KindReason = service.KindReason,
            Scale = service.Static is null ? service.Scale.Min : 0,
            DependsOn = [.. service.DependsOn.Select(d => new DependencyWish(d.Key, d.Value.Condition, d.Value.IsRequired))],
            StopFirstReason = StopFirst(service),
            Port = route is null || service.Static is not null ? service.Port : PortOf(service, route, released),
            Probe = ProbeWishes.Of(service, released, route is not null),
            Startup = service.Health.Startup,
            Drain = service.Rollout.Drain,
            Static = service.Static is { } site ? Site(site, released) : null,
        };
    }

    private static string StopFirst(ServiceSpec service) => service.StopFirstReasons.IsDefaultOrEmpty ? "" : string.Join(", ", service.StopFirstReasons);

    private static StaticWish Site(StaticSpec site, ReleasedService released) => new(released.Tree)
    {
        IsSinglePage = site.IsSinglePage,
        NotFound = site.NotFound ?? "404.html",
        Headers = [.. site.Headers.Select(h => new StaticHeaderWish(h.Match, EquatableMap.From(h.Headers)))],
    };

    private static int PortOf(ServiceSpec service, RouteWish route, ReleasedService released) =>
        route.Port ?? service.Port ?? released.ExposedPorts switch
        {
            [var only] => only,
            _ => throw new ProblemException(DeploymentProblems.PortUnknown(service.Name, released.ExposedPorts)),
        };

    private static IEnumerable<Manifest.NetworkSpec> UsedNetworks(AppManifest app) => app.Services.Values
        .Where(s => s.Static is null)
        .SelectMany(s => s.Networks.Keys)
        .Distinct(StringComparer.Ordinal)
        .Select(k => app.Networks.TryGetValue(k, out var network) ? network : new Manifest.NetworkSpec { Key = k, Name = k })
        .Where(n => !n.IsExternal)
        .OrderBy(n => n.Key, StringComparer.Ordinal);

    private static NetworkSpec Network(Manifest.NetworkSpec network, WishContext context) => new(context.ObjectName(network.Key), context.Owner)
    {
        Internal = network.IsInternal,
        Ipv6 = network.EnableIpv6 ?? false,
        Attachable = network.IsAttachable,
        Pools = [.. network.IpamPools.Select(p => new AddressPool(p.Subnet) { Gateway = p.Gateway, Range = p.IpRange, Reserved = EquatableMap.From(p.AuxiliaryAddresses) })],
        AddressDriver = network.IpamDriver,
        AddressOptions = EquatableMap.From(network.IpamOptions),
        Driver = network.Driver,
        Options = EquatableMap.From(network.DriverOptions),
        Labels = EquatableMap.From(network.Labels),
    };

    private static IEnumerable<Manifest.VolumeSpec> UsedVolumes(AppManifest app) => app.Services.Values
        .SelectMany(s => s.Volumes)
        .Select(m => m.Source)
        .OfType<MountSource.Named>()
        .Select(n => n.Volume)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .Select(k => app.Volumes.TryGetValue(k, out var volume) ? volume : new Manifest.VolumeSpec { Key = k, Name = k })
        .Where(v => !v.IsExternal)
        .OrderBy(v => v.Key, StringComparer.Ordinal);

    private static VolumeSpec Volume(Manifest.VolumeSpec volume, WishContext context) => new(context.ObjectName(volume.Key), context.Owner)
    {
        Driver = volume.Driver,
        Options = EquatableMap.From(volume.DriverOptions),
        Labels = EquatableMap.From(volume.Labels),
    };
}
