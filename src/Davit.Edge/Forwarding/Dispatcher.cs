using System.Globalization;
using System.Runtime.CompilerServices;
using Davit.Edge.Answers;
using Davit.Edge.Control;
using Davit.Edge.Routing;
using Davit.Edge.Static;
using Davit.Edge.Switching;
using Davit.Edge.Tls;
using Microsoft.AspNetCore.Http.Features;

namespace Davit.Edge.Forwarding;

/// <summary>Takes one request from its head to its answer: match, hold back, choose a target, forward, try again, give up.</summary>
internal sealed class Dispatcher(RouteTable table, Balancer balancer, ForwarderChoice forwarders, StaticFiles files, EdgeOptions options, TimeProvider clock)
{
    private const int MostAttempts = 3;
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(2);

    public async Task HandleAsync(Exchange exchange)
    {
        var http = exchange.Http;
        var ct = http.RequestAborted;
        if (RequestFaults.Find(http.Request) is { } fault)
        {
            await EdgeAnswer.MalformedAsync(exchange, fault, ct);
            return;
        }

        var host = exchange.Host;
        var route = table.Current.Match(HostName.Bare(host), http.Request.Path.Value);
        if (route is { Traffic.Mode: not TrafficMode.Serving } && !IsProbePath(route, http.Request.Path.Value) && !TrafficCheck.Allows(route.Traffic, exchange.ClientAddress))
            route = await HoldAsync(exchange, route, host, ct);

        if (http.Response.HasStarted || exchange.IsEdgeAnswer)
            return;

        exchange.Route = route;
        await (route is null ? EdgeAnswer.NoRouteAsync(exchange, ct)
            : Misdirected.Is(http, table.Current, host) ? EdgeAnswer.MisdirectedAsync(exchange, ct)
            : route.Route.Tls.RedirectToHttps && !http.Request.IsHttps ? EdgeAnswer.RedirectAsync(exchange, Https(http.Request, host), ct)
            : ServeAsync(exchange, exchange.Route = Sides.Choose(exchange, route), ct));
    }

    /// <summary>For balancers in front. A probe of "/" asks for the page that people see, and they are what is held back.</summary>
    private static bool IsProbePath(BoundRoute route, string? path) =>
        path is not "/" && route.Service.Spec.Probe is { Kind: ProbeKind.Http } probe && probe.Path.Split('?')[0].Equals(path, StringComparison.Ordinal);

    /// <summary>A client that named our plain port reaches our ports as they are; one that named none comes through the usual ones.</summary>
    private string Https(HttpRequest request, string host)
    {
        var bare = HostName.Bare(host);
        var port = host.AsSpan(bare.Length).Contains(':') && options.Https is { Port: not (443 or 0) } own ? string.Create(CultureInfo.InvariantCulture, $":{own.Port}") : "";
        return string.Concat("https://", bare, port, RoutePath.OfTarget(request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget));
    }

    /// <summary>Waits while the environment is paused; answers when it is in maintenance or the wait was too long.</summary>
    private async Task<BoundRoute?> HoldAsync(Exchange exchange, BoundRoute? route, string host, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        while (route?.Traffic is { Mode: TrafficMode.Paused, Hold: var hold } && hold - clock.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
        {
            var changed = table.Changed;
            route = table.Current.Match(HostName.Bare(host), exchange.Http.Request.Path.Value);
            if (route?.Traffic.Mode is not TrafficMode.Paused)
                break;

            await Task.WhenAny(changed, Task.Delay(left, clock, ct));
            ct.ThrowIfCancellationRequested();
        }

        exchange.Route = route;
        if (route is { Traffic.Mode: not TrafficMode.Serving })
            await EdgeAnswer.MaintenanceAsync(exchange, route.Traffic.Message, ct);

        return route;
    }

    private Task ServeAsync(Exchange exchange, BoundRoute route, CancellationToken ct)
    {
        var request = exchange.Http.Request;
        var raw = RoutePath.OfTarget(exchange.Http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (route.Service.Site is { } site)
            return files.ServeAsync(exchange, site, route, ct);

        if (!route.Route.Strip)
            exchange.UpstreamPath = raw.ToString();
        else if (RoutePath.TryStrip(raw, route.Route.PathPrefix, out var stripped))
            exchange.UpstreamPath = stripped;
        else
            return EdgeAnswer.MalformedAsync(exchange, "The path reaches its route only through dot segments or escapes.", ct);

        if (route.Route.MaxBody is { } most)
        {
            if (request.ContentLength > most)
                return EdgeAnswer.BodyRefusedAsync(exchange, 413, ct);

            if (exchange.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                limit.MaxRequestBodySize = most;
        }

        return ForwardAsync(exchange, route, ct);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ForwardCoreAsync(Exchange exchange, BoundRoute route, CancellationToken ct)
    {
        Target? tried = null, triedToo = null;
        var outcome = ForwardOutcome.NotConnected;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var target = Enter(ref route, exchange, tried, triedToo);
            if (target is null && attempt is 0)
            {
                await EdgeAnswer.NotReadyAsync(exchange, ct);
                return;
            }

            if (target is null)
                break;

            (exchange.Route, exchange.Target, exchange.Retries) = (route, target, attempt);
            Stickiness.Set(exchange, route.Service, target);
            try
            {
                outcome = await forwarders.For(target).ForwardAsync(exchange, target, ct);
            }
            finally
            {
                target.Exit();
            }

            if (!MayRepeat(exchange, route, outcome))
                break;

            (triedToo, tried) = (tried, target);
            route.Figures.Retried();
        }

        await ConcludeAsync(exchange, outcome, ct);
    }

    private Task ForwardAsync(Exchange exchange, BoundRoute route, CancellationToken ct) => ForwardCoreAsync(exchange, route, ct).AsTask();

    /// <summary>Claims a target. One that began to drain in between belongs to an old table, so the current one is asked again.</summary>
    private Target? Enter(ref BoundRoute route, Exchange exchange, Target? tried, Target? triedToo)
    {
        for (var look = 0; look < 100; look++)
        {
            var target = (tried is null && look is 0 ? Stickiness.Find(exchange.Http.Request, route.Service) : null) ?? balancer.Pick(route.Service, tried, triedToo);
            if (target is not null && target.TryEnter())
                return target;

            var version = table.Current;
            var again = version.Match(HostName.Bare(exchange.Host), exchange.Http.Request.Path.Value) is { } match ? Sides.Choose(exchange, match) : null;
            if (again is null || (target is null && ReferenceEquals(again, route)))
                return null;

            route = again;
        }

        return null;
    }

    private bool MayRepeat(Exchange exchange, BoundRoute route, ForwardOutcome outcome) =>
        (outcome is ForwardOutcome.NotConnected || (outcome is ForwardOutcome.NoAnswer && exchange.IsRepeatable))
        && clock.GetElapsedTime(exchange.StartedAt) < RetryTime && route.Figures.MayRetry;

    private static Task ConcludeAsync(Exchange exchange, ForwardOutcome outcome, CancellationToken ct)
    {
        switch (outcome)
        {
            case ForwardOutcome.Done or ForwardOutcome.Broken:
                return Task.CompletedTask;
            case ForwardOutcome.ClientGone:
                exchange.IsClientGone = true;
                exchange.Http.Abort();
                return Task.CompletedTask;
            case ForwardOutcome.TimedOut:
                return EdgeAnswer.TimedOutAsync(exchange, ct);
            case ForwardOutcome.BadBody:
                return EdgeAnswer.BodyRefusedAsync(exchange, exchange.BodyStatus, ct);
            case ForwardOutcome.Cut:
                exchange.IsCut = true;
                return EdgeAnswer.NotReadyAsync(exchange, ct);
            default:
                return EdgeAnswer.NoConnectionAsync(exchange, ct);
        }
    }
}
