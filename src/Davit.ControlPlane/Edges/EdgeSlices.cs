using System.Collections.Immutable;
using System.Globalization;
using Davit.ControlPlane.Content;
using Davit.Edge.Control;
using Davit.Model;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;
using EdgeProbeKind = Davit.Edge.Control.ProbeKind;
using EdgeRouteKind = Davit.Edge.Control.RouteKind;
using EdgeTlsMode = Davit.Edge.Control.TlsMode;

namespace Davit.ControlPlane.Edges;

/// <summary>Says a slice in the words of the edge's control contract.</summary>
internal sealed class EdgeSlices(ContentStore content)
{
    public EdgeEnvironment Of(EnvId env, Slice slice) => new(
        env.ToString(),
        [.. slice.Routes.Select(Route)],
        [.. slice.Services.Select(s => Service(slice.Release, s))]);

    private static EdgeRoute Route(RouteWish route) => new(
        route.Id,
        route.Kind switch
        {
            Manifest.RouteKind.Http => EdgeRouteKind.Http,
            Manifest.RouteKind.Tcp => EdgeRouteKind.Tcp,
            Manifest.RouteKind.TlsPassthrough => EdgeRouteKind.TlsPassthrough,
        },
        route.Service)
    {
        Host = route.Host,
        PathPrefix = route.Path,
        Strip = route.Strip,
        ListenPort = route.Listen,
        Tls = route is { Kind: Manifest.RouteKind.Http, Tls: not Manifest.TlsMode.Off }
            ? new RouteTls(EdgeTlsMode.Local, RedirectToHttps: route.Tls is Manifest.TlsMode.Required)
            : RouteTls.Off,
        Timeouts = route.Timeout is { } timeout ? RouteTimeouts.Default with { ResponseHeader = timeout } : RouteTimeouts.Default,
    };

    private EdgeService Service(string release, SliceService service) => new(
        service.Name, release, [.. service.Targets.Select(t => new EdgeTarget(t.Instance, t.Address, t.Port))])
    {
        Probe = Probe(service.Probe),
        Drain = service.Drain is { } drain ? new DrainSpec { Requests = drain } : new DrainSpec(),
        Site = service.Static is { } site ? Site(site) : null,
        Split = service.Split is { } split ? new EdgeSplit(Service(split.Release, split.To), split.Percent, split.Release) { Header = split.Header } : null,
    };

    private static ProbeSpec Probe(ProbeWish probe) => new()
    {
        Kind = probe.Kind switch
        {
            Planning.Wishes.ProbeKind.None => EdgeProbeKind.None,
            Planning.Wishes.ProbeKind.Http => EdgeProbeKind.Http,
            Planning.Wishes.ProbeKind.Tcp => EdgeProbeKind.Tcp,
            Planning.Wishes.ProbeKind.Grpc => EdgeProbeKind.Grpc,
        },
        Path = probe.Path,
        Port = probe.Port,
        Host = probe.Host,
        Headers = probe.Headers.Entries.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase),
        Expect = probe.Expect.Count is 0 ? [new(200, 399)] : [.. probe.Expect.Select(Range)],
        ExpectBody = probe.Body,
        GrpcService = probe.GrpcService,
        Interval = probe.Interval,
        Timeout = probe.Timeout,
        Successes = probe.Successes,
        Failures = probe.Failures,
    };

    private static StatusRange Range(string text)
    {
        var ends = text.Split('-').Select(n => int.Parse(n, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray();
        return new(ends[0], ends[^1]);
    }

    private StaticSite Site(StaticWish site) => new(content.TreePath(site.Tree))
    {
        SinglePage = site.IsSinglePage,
        NotFoundPage = site.NotFound,
        Headers = [.. site.Headers.Select(h => new HeaderRule(h.Match, h.Headers.Entries.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase)))],
    };
}
